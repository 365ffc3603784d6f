-- How long things are kept. What the journal said up to here is gone, but for what the rest is read by (the last lists of
-- users and groups, the last word on each link) and for what was decided by hand. Calls that began up to here stay as they
-- are: nothing makes them anew.
CREATE TABLE journal_gone (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    through_seq INTEGER NOT NULL,
    through_at INTEGER NOT NULL
) STRICT;

-- 1: known for good, because the line it came in is gone from the journal or was changed in it. A rebuild forgets the
-- others and learns them again.
ALTER TABLE records ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;

-- Up to where the audit log was shortened by its rule, and the hash that the next entry follows from. An entry of the log
-- tells of it.
CREATE TABLE audit_gone (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    through_n INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

DROP TRIGGER audit_is_never_shortened;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
    WHEN old.n > ifnull((SELECT through_n FROM audit_gone), 0) BEGIN
    SELECT RAISE(ABORT, 'the audit log is never shortened');
END;
