-- What those who share the workspace take in of devices that were removed from
-- the members: up to which number of each run. A device that is here with no
-- run but an empty one is removed, and nothing of it is taken in.

CREATE TABLE excluded (
    device TEXT    NOT NULL,
    run    BLOB    NOT NULL,
    n      INTEGER NOT NULL,
    PRIMARY KEY (device, run)
) STRICT, WITHOUT ROWID;
