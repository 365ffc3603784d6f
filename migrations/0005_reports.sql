-- Reports: what they are reckoned from, definitions, schedules, hours.

-- For each UTC day, the calls that began in it and the states of phones that began in it, by column, in the form of the
-- room that reckons. A projection of `calls`, `events` and `agent_states`.
CREATE TABLE report_leaves (
    -- The column's number times 2^32, plus the day since 1970: one column over many days lies together.
    id INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

-- Days whose leaf is not, or not any more, what the tables say.
CREATE TABLE report_stale (
    day INTEGER PRIMARY KEY,
    -- Counts up, so that who made the leaf anew knows whether something changed meanwhile.
    changes INTEGER NOT NULL
) STRICT;

CREATE INDEX agent_states_by_time ON agent_states (since);

INSERT INTO report_stale (day, changes)
    SELECT day, 1 FROM (SELECT DISTINCT started_at / 86400000 AS day FROM calls
        UNION SELECT DISTINCT since / 86400000 FROM agent_states);

-- Everything from here on was entered by people.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    -- JSON: a report's definition.
    definition TEXT NOT NULL
) STRICT;

CREATE TABLE report_schedules (
    id INTEGER PRIMARY KEY,
    -- JSON: what goes out, when and where to.
    schedule TEXT NOT NULL,
    -- Up to when its times were seen to.
    done_until INTEGER NOT NULL
) STRICT;

-- What became of each time of a schedule.
CREATE TABLE report_sent (
    id INTEGER PRIMARY KEY,
    -- No reference: the log outlives its schedule.
    schedule INTEGER NOT NULL,
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- 0: sent, 1: waiting to be tried again, 2: failed.
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    says TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX report_sent_once ON report_sent (schedule, due_at);
CREATE INDEX report_sent_by_time ON report_sent (at);
