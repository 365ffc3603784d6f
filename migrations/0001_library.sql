-- The library of docs/library.md. Instants are milliseconds since 1970-01-01T00:00:00Z, lengths are milliseconds.

CREATE TABLE sites (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    access_digits TEXT NOT NULL,
    devlink_host TEXT,
    devlink_port INTEGER,
    devlink_tls INTEGER,
    devlink_user TEXT,
    devlink_fingerprint TEXT,
    -- 0: the PBX connects to us, 1: we connect to the PBX.
    smdr_mode INTEGER,
    smdr_host TEXT,
    smdr_port INTEGER,
    smdr_only_from TEXT,
    -- A removed site keeps its journal and its calls.
    removed_at INTEGER
) STRICT;

-- What the sources said, raw, in order of arrival. Never changed, never deleted from.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    site INTEGER NOT NULL REFERENCES sites (id),
    said INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Everything from here to `checkpoint` is a projection of the journal.
CREATE TABLE calls (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES sites (id),
    -- What is yes or no about a call, in one number: one value to bind and store for each call instead of eleven. The
    -- generated columns below give each its name.
    marks INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- Of a living call: as of its last change.
    length_ms INTEGER NOT NULL,
    wait_ms INTEGER NOT NULL,
    -- From arrival to the first talking; NULL when nobody talked or the beginning was not seen.
    answer_ms INTEGER,
    external_number TEXT,
    external_name TEXT,
    dialed_number TEXT,
    caller_extension TEXT,
    trunk TEXT,
    account_code TEXT,
    tag TEXT,
    charge_ten_thousandths INTEGER,
    -- Journal entry of its last fact.
    last_seq INTEGER NOT NULL,
    -- What it rests on, in the binary form of the store's `basis`.
    basis BLOB NOT NULL,
    direction INTEGER NOT NULL GENERATED ALWAYS AS (marks & 3) VIRTUAL,
    start_known INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 2 & 1) VIRTUAL,
    withheld INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 3 & 1) VIRTUAL,
    emergency INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 4 & 1) VIRTUAL,
    -- 0: a consultation, shown with the call it was made for.
    counted INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 5 & 1) VIRTUAL,
    answered INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 6 & 1) VIRTUAL,
    abandoned INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 7 & 1) VIRTUAL,
    abandoned_on_hold INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 8 & 1) VIRTUAL,
    voicemail INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 9 & 1) VIRTUAL,
    missed INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 10 & 1) VIRTUAL,
    -- 0: unknown or not yet, 1: calling drop, 2: receiving drop, 3: unseen.
    ending INTEGER NOT NULL GENERATED ALWAYS AS (marks >> 11 & 3) VIRTUAL
) STRICT;

CREATE INDEX calls_by_start ON calls (started_at);
CREATE INDEX calls_by_length ON calls (length_ms);
CREATE INDEX calls_by_number ON calls (external_number, started_at) WHERE external_number IS NOT NULL;
CREATE INDEX calls_live ON calls (site) WHERE ended_at IS NULL;

CREATE TABLE events (
    call INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    beside INTEGER NOT NULL DEFAULT 0,
    agent TEXT,
    grp TEXT,
    party TEXT,
    device TEXT,
    cause INTEGER,
    note TEXT,
    -- Start of the call, on the first event at which this agent rang or talked (this group had the call); else NULL.
    -- The two indexes below then hold each agent and group of a call once, in the order of the call list.
    agent_call_at INTEGER,
    group_call_at INTEGER,
    PRIMARY KEY (call, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX events_of_agent ON events (agent, agent_call_at) WHERE agent_call_at IS NOT NULL;
CREATE INDEX events_of_group ON events (grp, group_call_at) WHERE group_call_at IS NOT NULL;

CREATE TABLE related (
    call INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    -- No reference: the other call may be written later.
    other INTEGER NOT NULL,
    -- 1: consultation, 2: consultation of, 3: twin, 4: conference.
    relation INTEGER NOT NULL,
    PRIMARY KEY (call, n)
) STRICT, WITHOUT ROWID;

-- SMDR records that went in, so that one that comes twice is known.
CREATE TABLE records (
    site INTEGER NOT NULL REFERENCES sites (id),
    started_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (site, started_at, digest)
) STRICT, WITHOUT ROWID;

-- What could not be understood, by where in the journal it stands.
CREATE TABLE quarantine (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    site INTEGER NOT NULL REFERENCES sites (id),
    reason TEXT NOT NULL,
    PRIMARY KEY (seq, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE names (
    site INTEGER NOT NULL REFERENCES sites (id),
    -- 0: extension, 1: hunt group.
    kind INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    PRIMARY KEY (site, kind, number)
) STRICT, WITHOUT ROWID;

-- How far the projection goes, and the state of the engine that made it.
CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    through_seq INTEGER NOT NULL,
    engine_version INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;

-- What went wrong. The same words count up in one row. No projection: it is what was seen at the time.
CREATE TABLE health (
    id INTEGER PRIMARY KEY,
    site INTEGER REFERENCES sites (id),
    kind INTEGER NOT NULL,
    says TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX health_once ON health (ifnull(site, 0), kind, says);
CREATE INDEX health_by_last ON health (last_at);
