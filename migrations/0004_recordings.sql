-- The recording library, and what people write about calls and recordings. Nothing here is a projection of the journal:
-- a rebuild keeps all of it, because the ids of calls stay.

-- Folders that recordings are stored in. Row 1 is the library's own.
CREATE TABLE pools (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- Empty: `recordings` within the library's folder.
    folder TEXT NOT NULL,
    place INTEGER NOT NULL,
    max_bytes INTEGER,
    min_free_bytes INTEGER NOT NULL
) STRICT;
INSERT INTO pools VALUES (1, 'Library', '', 0, NULL, 2000000000);

-- Patterns by which names of files are read; those that come with the program are not stored.
CREATE TABLE namings (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    pattern TEXT NOT NULL
) STRICT;

-- Where recordings come from. Passwords are in the keychain.
CREATE TABLE intake_sources (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES sites (id),
    name TEXT NOT NULL,
    -- 0: a folder that is watched, 1: SFTP.
    kind INTEGER NOT NULL,
    folder TEXT NOT NULL,
    host TEXT,
    port INTEGER,
    user TEXT,
    host_key TEXT,
    by_key INTEGER NOT NULL DEFAULT 0,
    -- Negative: one that comes with the program. NULL: whichever fits.
    naming INTEGER,
    remove_after INTEGER NOT NULL,
    every_seconds INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    -- A removed source keeps its recordings.
    removed_at INTEGER
) STRICT;

CREATE TABLE recordings (
    -- Never given twice, because the audit log names it.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    site INTEGER NOT NULL REFERENCES sites (id),
    started_at INTEGER NOT NULL,
    -- 0: from the file's name, 1: from its side file, 2: from the file's time less its length.
    started_by INTEGER NOT NULL,
    length_ms INTEGER NOT NULL,
    channels INTEGER NOT NULL,

    -- What its name and its side file say.
    file_name TEXT NOT NULL,
    said_extension TEXT,
    said_group TEXT,
    said_number TEXT,
    said_name TEXT,
    said_call_id TEXT,
    -- 0: inbound, 1: outbound, 2: internal.
    said_direction INTEGER,

    -- Where it came from; NULL: given by hand.
    source INTEGER REFERENCES intake_sources (id),
    taken_at INTEGER NOT NULL,
    original_format TEXT NOT NULL,
    original_bytes INTEGER NOT NULL,
    original_sha256 BLOB NOT NULL,
    -- Within the pool; NULL: not kept.
    original_file TEXT,
    -- Of the kept original as it stands on disk where that is not as it came: silenced, or encrypted.
    original_now_sha256 BLOB,

    pool INTEGER NOT NULL REFERENCES pools (id),
    -- Within the pool; the peaks lie beside it.
    stored_file TEXT NOT NULL,
    stored_bytes INTEGER NOT NULL,
    stored_sha256 BLOB NOT NULL,
    -- Fingerprint of the key it is encrypted with; NULL: it is not.
    sealed_with TEXT,
    loudness REAL,

    call INTEGER,
    -- 0: none, 1: by call id, 2: by time, extension and number, 3: by hand, 4: none by hand.
    matched INTEGER NOT NULL DEFAULT 0,
    confidence REAL,
    -- JSON: a list of sentences.
    reasons TEXT NOT NULL DEFAULT '[]',

    -- Of its call, for lists; else what its name says.
    direction INTEGER,
    number TEXT,
    -- By what the number is compared, as in `calls`.
    number_key TEXT,
    name TEXT,
    grp TEXT,

    hold_reason TEXT,
    trashed_at INTEGER,
    -- 0: good, 1: its file is missing, 2: its file is changed.
    state INTEGER NOT NULL DEFAULT 0,
    -- 1: the tags in its stored file may be older than what is known of it.
    tags_due INTEGER NOT NULL DEFAULT 0,
    notes INTEGER NOT NULL DEFAULT 0,
    score REAL
) STRICT;

-- The same sound is taken in once, also when it was put into the trash meanwhile. A row goes only when it is deleted for
-- good.
CREATE UNIQUE INDEX recordings_once ON recordings (original_sha256);
-- What most lists ask and totals sum, without the rows.
CREATE INDEX recordings_by_start ON recordings (started_at, length_ms, stored_bytes, call, direction, grp)
    WHERE trashed_at IS NULL;
CREATE INDEX recordings_by_direction ON recordings (direction, started_at)
    WHERE direction IS NOT NULL AND trashed_at IS NULL;
CREATE INDEX recordings_by_length ON recordings (length_ms) WHERE trashed_at IS NULL;
CREATE INDEX recordings_by_call ON recordings (call) WHERE call IS NOT NULL;
CREATE INDEX recordings_by_number ON recordings (number_key, started_at) WHERE number_key IS NOT NULL AND trashed_at IS NULL;
CREATE INDEX recordings_by_group ON recordings (grp, started_at) WHERE grp IS NOT NULL AND trashed_at IS NULL;
CREATE INDEX recordings_unmatched ON recordings (started_at) WHERE call IS NULL AND trashed_at IS NULL;
CREATE INDEX recordings_trashed ON recordings (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX recordings_held ON recordings (started_at) WHERE hold_reason IS NOT NULL;
CREATE INDEX recordings_damaged ON recordings (started_at) WHERE state <> 0;
CREATE INDEX recordings_with_tags_due ON recordings (id) WHERE tags_due <> 0;
CREATE INDEX recordings_noted ON recordings (started_at) WHERE notes > 0;
CREATE INDEX recordings_scored ON recordings (started_at) WHERE score IS NOT NULL;
CREATE INDEX recordings_in_pool ON recordings (pool, stored_bytes);
CREATE INDEX recordings_with_original ON recordings (pool, original_bytes) WHERE original_file IS NOT NULL;

-- Whose voices are on it: the extension that was recorded, or those that talked on its call.
CREATE TABLE recording_people (
    extension TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    recording INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    PRIMARY KEY (extension, started_at, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_people_of ON recording_people (recording);

-- Each state of a stored file and the one before it: a chain from what was taken in to what is there now.
CREATE TABLE recording_versions (
    recording INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- 0: taken in, 1: silenced, 2: its facts changed, 3: encrypted, 4: decrypted, 5: moved to another pool.
    why INTEGER NOT NULL,
    -- Of silencing: JSON with the spans in milliseconds and the reason.
    detail TEXT,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    sha256_before BLOB,
    PRIMARY KEY (recording, n)
) STRICT, WITHOUT ROWID;

-- Files of a source that were dealt with, so that each is read once: by name, size and time of change.
CREATE TABLE intake_files (
    id INTEGER PRIMARY KEY,
    source INTEGER REFERENCES intake_sources (id),
    -- Within the source's folder.
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    -- 0: taken in, 1: taken in before under another name, 2: refused, 3: on its way.
    became INTEGER NOT NULL,
    -- Of one on its way: JSON that says what to finish or to undo. Of a refused one: why, as a sentence.
    detail TEXT,
    -- Of a refused one: the copy that is kept aside, within the library's folder.
    aside TEXT,
    recording INTEGER
) STRICT;
CREATE UNIQUE INDEX intake_files_once ON intake_files (ifnull(source, 0), file, bytes, changed_at);
CREATE INDEX intake_files_refused ON intake_files (seen_at) WHERE became = 2;
CREATE INDEX intake_files_on_their_way ON intake_files (id) WHERE became = 3;

-- Files that are to be nowhere: those that a silenced, encrypted or deleted recording had before, and new ones that no
-- recording has yet. Whoever opens the library removes what is left of them.
CREATE TABLE doomed_files (
    pool INTEGER NOT NULL REFERENCES pools (id),
    -- Within the pool.
    file TEXT NOT NULL,
    PRIMARY KEY (pool, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention_rules (
    place INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    direction INTEGER,
    grp TEXT,
    tag TEXT,
    unmatched INTEGER NOT NULL,
    keep_days INTEGER
) STRICT;

-- Settings of the office that are single values: JSON by name.
CREATE TABLE office_settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call INTEGER,
    recording INTEGER REFERENCES recordings (id) ON DELETE SET NULL,
    -- The instant of the call that it is about.
    about_at INTEGER,
    text TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    changed_at INTEGER,
    CHECK (call IS NOT NULL OR recording IS NOT NULL)
) STRICT;
CREATE INDEX notes_of_call ON notes (call) WHERE call IS NOT NULL;
CREATE INDEX notes_of_recording ON notes (recording) WHERE recording IS NOT NULL;

-- A tag is a call's, or a recording's as long as that has no call: `recording` is 0 for the former, `call` for the latter.
CREATE TABLE tags (
    tag TEXT NOT NULL COLLATE NOCASE,
    call INTEGER NOT NULL,
    recording INTEGER NOT NULL,
    PRIMARY KEY (tag, call, recording)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_of_call ON tags (call) WHERE call <> 0;
CREATE INDEX tags_of_recording ON tags (recording) WHERE recording <> 0;

CREATE TABLE scorecards (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- JSON.
    questions TEXT NOT NULL,
    removed_at INTEGER
) STRICT;

CREATE TABLE scores (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scorecard INTEGER NOT NULL REFERENCES scorecards (id),
    call INTEGER,
    recording INTEGER REFERENCES recordings (id) ON DELETE SET NULL,
    site INTEGER NOT NULL REFERENCES sites (id),
    extension TEXT NOT NULL,
    -- When the call was, so that results can be asked for a time.
    about_at INTEGER NOT NULL,
    scored_at INTEGER NOT NULL,
    percent REAL,
    -- JSON: the questions as they were, with their answers.
    answers TEXT NOT NULL,
    comment TEXT NOT NULL
) STRICT;
CREATE INDEX scores_of_call ON scores (call) WHERE call IS NOT NULL;
CREATE INDEX scores_of_recording ON scores (recording) WHERE recording IS NOT NULL;
CREATE INDEX scores_by_time ON scores (about_at);

-- Words of recordings (file name, names, numbers, notes, tags) and of noted or tagged calls (notes, tags), found by any
-- three letters of them. Kept by the store with each change.
CREATE VIRTUAL TABLE recording_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE VIRTUAL TABLE call_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'trigram');

-- What was done with recordings and settings. Appended to only; each entry is chained to the one before by hash, and
-- AUTOINCREMENT remembers the highest number even if the last entries were cut off.
CREATE TABLE audit (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    recording INTEGER,
    -- JSON: what was done.
    what TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_of_recording ON audit (recording, n) WHERE recording IS NOT NULL;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is never changed');
END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is never shortened');
END;
