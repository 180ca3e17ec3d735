-- What is shared with others. What is said of a carrier is kept in the
-- transaction that takes in, or after the act that puts out, what it is about.

CREATE TABLE carriers (
    name      TEXT    PRIMARY KEY,
    published INTEGER NOT NULL, -- the last batch of this device that was put there
    erased    INTEGER NOT NULL  -- the last of the erased lines that was erased there too
) STRICT, WITHOUT ROWID;

CREATE TABLE marks (
    carrier TEXT NOT NULL,
    place   TEXT NOT NULL,
    mark    TEXT NOT NULL, -- how far the place was read; only the carrier knows what it means
    PRIMARY KEY (carrier, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    name TEXT PRIMARY KEY,
    body BLOB NOT NULL,
    came TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE erased (
    id  INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL REFERENCES batches (seq) -- the batch from whose line something was erased
) STRICT;

CREATE INDEX erased_by_seq ON erased (seq);

CREATE INDEX batches_by_device ON batches (device);

-- derived: what devices say that they have, and when they were last heard

CREATE TABLE seen (
    device TEXT    NOT NULL,
    run    BLOB    NOT NULL,
    n      INTEGER NOT NULL, -- it has the batches of the run up to this number
    PRIMARY KEY (device, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE heard (
    device TEXT    PRIMARY KEY,
    wrote  INTEGER NOT NULL, -- its newest batch, by its own clock, in milliseconds since 1970
    said   INTEGER NOT NULL  -- its newest batch that says what it has; 0 for none
) STRICT, WITHOUT ROWID;
