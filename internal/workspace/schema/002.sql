-- What was redacted, and what stays of it. A record that is named here with
-- what remains of it is erased when it comes in again.

CREATE TABLE redactions (
    incident TEXT NOT NULL,
    record   TEXT NOT NULL,
    remains  TEXT, -- what stays of the record, as a line of an incident file; NULL where its redaction does not say
    PRIMARY KEY (incident, record)
) STRICT, WITHOUT ROWID;

-- derived: which evidence names which file

CREATE TABLE files (
    sha256   TEXT NOT NULL,
    incident TEXT NOT NULL,
    record   TEXT NOT NULL,
    PRIMARY KEY (sha256, incident, record)
) STRICT, WITHOUT ROWID;

-- What is taken out of the search index is gone from it, and not only marked.

INSERT INTO texts_index (texts_index, rank) VALUES ('secure-delete', 1);
