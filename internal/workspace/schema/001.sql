-- What this machine knows. batches, devices, quarantine and settings are the
-- truth; everything below "derived" can be rebuilt from the batches.

CREATE TABLE batches (
    seq    INTEGER PRIMARY KEY, -- the order in which batches came in here
    hash   BLOB    NOT NULL,    -- SHA-256 of the header's bytes: its identity
    run    BLOB    NOT NULL,
    n      INTEGER NOT NULL,    -- number in its run
    device TEXT    NOT NULL,
    clock  BLOB    NOT NULL,    -- 8 bytes, big-endian, so that they sort
    line   BLOB    NOT NULL     -- byte for byte as it was written
) STRICT;

CREATE UNIQUE INDEX batches_by_run ON batches (run, n, hash);
CREATE INDEX batches_by_clock ON batches (clock);

CREATE TABLE incident_batches (
    incident TEXT    NOT NULL,
    seq      INTEGER NOT NULL REFERENCES batches (seq),
    PRIMARY KEY (incident, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_batches_by_seq ON incident_batches (seq);

CREATE TABLE devices (
    id    TEXT PRIMARY KEY,
    key   BLOB NOT NULL, -- Ed25519 public key
    name  TEXT NOT NULL,
    added TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    hash   BLOB PRIMARY KEY,
    device TEXT NOT NULL,
    reason TEXT NOT NULL, -- 'unknown_device' or 'bad_signature'
    came   TEXT NOT NULL,
    line   BLOB NOT NULL
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- derived

CREATE TABLE summaries (
    incident TEXT PRIMARY KEY,
    seq      INTEGER NOT NULL, -- the last batch that the summary is made from
    body     TEXT    NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE texts (
    id       INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    record   TEXT NOT NULL,
    about    TEXT NOT NULL, -- the record that made the thing it is about
    do       TEXT NOT NULL,
    label    TEXT NOT NULL,
    at       TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX texts_by_record ON texts (incident, record);

CREATE VIRTUAL TABLE texts_index USING fts5 (
    label, body,
    content = 'texts', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE indexed (
    seq INTEGER NOT NULL -- the last batch whose texts are in the index
) STRICT;

INSERT INTO indexed (seq) VALUES (0);
