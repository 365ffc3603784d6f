-- What calls can be looked for by, each once, of the days whose leaf is up to date. A projection of `calls`.

-- Numbers and names outside the office.
CREATE TABLE outside_parties (
    id INTEGER PRIMARY KEY,
    -- As in `calls`.
    number_key TEXT NOT NULL,
    -- A line each: the key, the number as it came, as it was dialled, the name. A line that stands in another is left out.
    words TEXT NOT NULL,
    UNIQUE (number_key, words)
) STRICT;

CREATE VIRTUAL TABLE outside_words USING fts5 (
    words, content = 'outside_parties', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0
);

CREATE TRIGGER outside_parties_come AFTER INSERT ON outside_parties BEGIN
    INSERT INTO outside_words (rowid, words) VALUES (new.id, new.words);
END;

-- Everything else: dialled numbers and extensions, account codes, tags, names of callers without a number.
CREATE TABLE other_words (
    words TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The days whose leaf was made before are taken once more.
UPDATE report_stale SET changes = changes + 1;
INSERT INTO report_stale (day, changes) SELECT DISTINCT id & 4294967295, 1 FROM report_leaves WHERE 1
    ON CONFLICT (day) DO UPDATE SET changes = changes + 1;
DELETE FROM report_leaves;
