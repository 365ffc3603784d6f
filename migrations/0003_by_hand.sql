-- What managers decided by hand and the calls it bears on, as the engine keeps it: a projection of the journal's decisions.
CREATE TABLE by_hand (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state BLOB NOT NULL
) STRICT;
