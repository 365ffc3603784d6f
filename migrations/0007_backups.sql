-- Backups: what was made, what failed, what was restored. When they are made stands in `office_settings`.

CREATE TABLE backups (
    id INTEGER PRIMARY KEY,
    begun_at INTEGER NOT NULL,
    -- The time of the schedule that it was made for; NULL: of none.
    due_at INTEGER,
    -- 0: by hand, 1: by the schedule, 2: before an update, 3: not made but restored.
    why INTEGER NOT NULL,
    -- 0: good, 1: failed, 2: being made, 3: good, and its file was removed since, because newer ones are kept.
    state INTEGER NOT NULL,
    -- Where it lies; empty when it came to no file.
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- 1: with the files of recordings.
    recordings INTEGER NOT NULL,
    -- 1: encrypted by a passphrase.
    sealed INTEGER NOT NULL,
    says TEXT NOT NULL
) STRICT;
