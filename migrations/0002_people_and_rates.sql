-- Numbers compared in E.164, people and their extensions by date, the states of phones, what calls cost.

-- ISO 3166 code of the country whose numbers people at the site dial.
ALTER TABLE sites ADD COLUMN country TEXT;
-- Calls with a smaller id are still to be given the keys of the site's present country; NULL: none are.
ALTER TABLE sites ADD COLUMN keys_due_below INTEGER;

ALTER TABLE calls ADD COLUMN external_e164 TEXT;
-- By what the outside party's number is compared: E.164 where it has that, else as it is.
ALTER TABLE calls ADD COLUMN number_key TEXT GENERATED ALWAYS AS (ifnull(external_e164, external_number)) VIRTUAL;

DROP INDEX IF EXISTS calls_by_number;
CREATE INDEX calls_by_number ON calls (number_key, started_at) WHERE external_number IS NOT NULL;
-- What people know of a number without its area: found by its last seven digits.
CREATE INDEX calls_by_number_end ON calls (substr(external_e164, -7), started_at) WHERE external_e164 IS NOT NULL;

-- What the PBX calls its extensions and hunt groups, and since when. A projection. Each of those who tell has a row for
-- each time it told another name.
CREATE TABLE pbx_names (
    site INTEGER NOT NULL REFERENCES sites (id),
    -- 0: extension, 1: hunt group.
    kind INTEGER NOT NULL,
    number TEXT NOT NULL,
    -- 0: the PBX's lists, 1: DevLink3's call states, 2: SMDR records.
    told_by INTEGER NOT NULL,
    since INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (site, kind, number, told_by, since)
) STRICT, WITHOUT ROWID;

INSERT INTO pbx_names (site, kind, number, told_by, since, name)
    SELECT site, kind, number, 1, first_seen_at, name FROM names WHERE name != '';
DROP TABLE names;

-- Extensions, hunt groups and trunks that calls show, each once. A projection.
CREATE TABLE numbers_seen (
    site INTEGER NOT NULL REFERENCES sites (id),
    -- 0: extension that rang or talked, 1: hunt group, 2: trunk.
    kind INTEGER NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (site, kind, number)
) STRICT, WITHOUT ROWID;

INSERT INTO numbers_seen SELECT DISTINCT c.site, 0, e.agent FROM events e JOIN calls c ON c.id = e.call
    WHERE e.agent_call_at IS NOT NULL;
INSERT INTO numbers_seen SELECT DISTINCT c.site, 1, e.grp FROM events e JOIN calls c ON c.id = e.call
    WHERE e.group_call_at IS NOT NULL;
INSERT INTO numbers_seen SELECT DISTINCT site, 2, trunk FROM calls WHERE trunk IS NOT NULL;

-- What each phone was doing since when, until its next row. A projection.
CREATE TABLE agent_states (
    site INTEGER NOT NULL REFERENCES sites (id),
    extension TEXT NOT NULL,
    since INTEGER NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (site, extension, since)
) STRICT, WITHOUT ROWID;

-- Everything from here on was entered by people.
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- 1: from a CSV file, 2: by hand.
    source INTEGER NOT NULL
) STRICT;

-- Which extensions a person had: from the one instant on, up to and not including the other; NULL: without limit.
CREATE TABLE holdings (
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    site INTEGER NOT NULL REFERENCES sites (id),
    extension TEXT NOT NULL,
    from_at INTEGER,
    to_at INTEGER,
    PRIMARY KEY (person, n)
) STRICT, WITHOUT ROWID;

-- What people call hunt groups and trunks.
CREATE TABLE given_names (
    site INTEGER NOT NULL REFERENCES sites (id),
    -- 1: hunt group, 2: trunk.
    kind INTEGER NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (site, kind, number)
) STRICT, WITHOUT ROWID;

-- What carriers ask for calls. Amounts are in 1/10,000 of the currency.
CREATE TABLE rate_tables (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL
) STRICT;

-- A table without sites applies to all that are not here.
CREATE TABLE rate_table_sites (
    site INTEGER PRIMARY KEY REFERENCES sites (id),
    rate_table INTEGER NOT NULL REFERENCES rate_tables (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE rate_bands (
    rate_table INTEGER NOT NULL REFERENCES rate_tables (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- Bit 0 is Monday.
    days INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    PRIMARY KEY (rate_table, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE rates (
    rate_table INTEGER NOT NULL REFERENCES rate_tables (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    prefix TEXT NOT NULL,
    label TEXT NOT NULL,
    -- Name of one of the table's bands.
    band TEXT,
    per_minute INTEGER NOT NULL,
    connect_fee INTEGER NOT NULL,
    minimum INTEGER NOT NULL,
    minimum_seconds INTEGER NOT NULL,
    step_seconds INTEGER NOT NULL,
    PRIMARY KEY (rate_table, n)
) STRICT, WITHOUT ROWID;
