package workspace

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
)

var magic = []byte("SQLite format 3\x00")

// smallDatabase is the size in bytes up to which every page is looked at on
// opening. It takes a few milliseconds; larger ones are looked at by Check.
const smallDatabase = 4 << 20

// inspect says whether the database at path is one that this program can
// open, and changes nothing. It returns the version of its schema.
func inspect(path string) (version int, err error) {
	size, err := checkHeader(path)
	if err != nil {
		return 0, err
	}
	db, err := sql.Open(driver, readDSN(path, true))
	if err != nil {
		return 0, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if version, err = checkOurs(db); err != nil {
		return 0, err
	}
	return version, checkTables(db, size)
}

// checkHeader looks at what the file itself says of its first page.
func checkHeader(path string) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if !bytes.Equal(head, magic) {
		return 0, damagedError(path + " is not a database, or its beginning was overwritten")
	}
	return info.Size(), nil
}

// checkOurs returns the version of the schema of a database of ours.
func checkOurs(db *sql.DB) (int, error) {
	var id int64
	if err := db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return 0, err
	}
	if id != applicationID {
		return 0, &Error{
			Code:    CodeForeign,
			Message: "the database in this folder belongs to another program",
			Hint:    "Choose another folder with --workspace. Nothing was changed in this one.",
		}
	}
	version, err := userVersion(db)
	if err != nil {
		return 0, err
	}
	steps, err := migrations()
	if err != nil {
		return 0, err
	}
	if version > len(steps) {
		return 0, &Error{
			Code:    CodeNewer,
			Message: fmt.Sprintf("this workspace was made by a newer Bearings (its format is %d, this program knows up to %d)", version, len(steps)),
			Hint:    "Use the newer program. Nothing was changed.",
		}
	}
	if version < 1 {
		return 0, damagedError("its version is missing")
	}
	return version, nil
}

func checkTables(db *sql.DB, size int64) error {
	if size <= smallDatabase {
		return quickCheck(db)
	}
	for _, table := range []string{"batches", "incident_batches", "devices", "settings"} {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1)").Scan(&n); err != nil {
			return err
		}
	}
	return nil
}

func quickCheck(db *sql.DB) error {
	var said string
	if err := db.QueryRow("PRAGMA quick_check(1)").Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return damagedError(said)
	}
	return nil
}
