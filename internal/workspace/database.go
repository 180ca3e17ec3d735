package workspace

import (
	"context"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// applicationID marks a database as one of ours: "BRNG".
const applicationID = 0x42524e47

// busyTimeout is how long a call waits for another process, in milliseconds.
const busyTimeout = 15000

// driver is SQLite with settings that every connection has. The disk is asked
// to really write (macOS answers before it has, unless asked like this), and
// what a damaged or hostile file says of its own structure is not trusted.
const driver = "bearings"

func init() {
	sql.Register(driver, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec("PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1; PRAGMA trusted_schema = 0; PRAGMA cell_size_check = 1", nil)
		return err
	}})
}

//go:embed schema/*.sql
var schema embed.FS

// migrations are the steps of the schema; the first makes version 1.
func migrations() ([]string, error) {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	steps := make([]string, len(names))
	for i, name := range names {
		text, err := schema.ReadFile(name)
		if err != nil {
			return nil, err
		}
		steps[i] = string(text)
	}
	return steps, nil
}

// dsn names the database at path, with the settings of every connection.
func dsn(path, more string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a Windows drive
	}
	u := url.URL{Path: path}
	return fmt.Sprintf("file://%s?_busy_timeout=%d&_foreign_keys=1&_synchronous=FULL&_stmt_cache_size=32&%s", u.EscapedPath(), busyTimeout, more)
}

// readDSN names the database for reading. On a place that cannot be written, or
// is full, SQLite cannot open a database in WAL mode but as one that nobody
// changes; that is true where no log lies beside it.
func readDSN(path string, readOnly bool) string {
	more := "mode=rw&_query_only=1"
	if readOnly {
		more = "mode=ro"
		if info, err := os.Stat(path + "-wal"); (err != nil || info.Size() == 0) && !writable(filepath.Dir(path)) {
			more += "&immutable=1"
		}
	}
	return dsn(path, more)
}

// readingRoom is the space in bytes that SQLite needs beside a database in WAL
// mode while it reads it, and as much again.
const readingRoom = 64 << 10

func writable(dir string) bool {
	f, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return false
	}
	_, err = f.Write(make([]byte, readingRoom))
	return errors.Join(err, f.Close(), os.Remove(f.Name())) == nil
}

// ensureDatabase makes the database where there is none, and brings an older
// one up to date.
func (w *Workspace) ensureDatabase(o Options) error {
	path := filepath.Join(w.dir, databaseFile)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := w.createDatabase(path, o); err != nil {
			return err
		}
	case err != nil:
		return err
	case info.IsDir():
		return &Error{Code: CodeForeign, Message: path + " is a folder", Hint: "Choose another folder with --workspace."}
	}
	version, err := inspect(path)
	if err != nil {
		return err
	}
	return migrate(path, version)
}

// createDatabase makes the database under another name and gives it its own
// when it is whole, so that nobody ever opens half a database. Where another
// process was faster, its database is the one.
func (w *Workspace) createDatabase(path string, o Options) error {
	dir, err := os.MkdirTemp(w.dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	temp := filepath.Join(dir, databaseFile)
	if err := w.fillDatabase(temp, o); err != nil {
		return err
	}
	if err := os.Chmod(temp, 0o600); err != nil {
		return err
	}
	if err := syncFile(temp); err != nil {
		return err
	}
	if err := place(temp, path); err != nil {
		return err
	}
	// The folder may be new as well.
	return errors.Join(syncFolder(w.dir), syncFolder(filepath.Dir(w.dir)))
}

func (w *Workspace) fillDatabase(path string, o Options) error {
	db, err := sql.Open(driver, dsn(path, "mode=rwc&_journal_mode=WAL&_txlock=immediate"))
	if err != nil {
		return err
	}
	defer db.Close()
	if o.Identity == "" {
		var id [16]byte
		if _, err := io.ReadFull(w.random, id[:]); err != nil {
			return err
		}
		o.Identity = hex.EncodeToString(id[:])
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA application_id = %d", applicationID)); err != nil {
		return err
	}
	if err := runMigrations(tx, 0); err != nil {
		return err
	}
	settings := map[string]string{"workspace": o.Identity, settingDerivation: strconv.Itoa(derivation)}
	if o.Owner != "" {
		settings[SettingOwner] = o.Owner
	}
	for key, value := range settings {
		if _, err := tx.Exec("INSERT INTO settings (key, value) VALUES (?, ?)", key, value); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// place gives the file at temp the name path, unless there is one already.
func place(temp, path string) error {
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	// Some file systems have no links.
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	return os.Rename(temp, path)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// migrate brings the database at path from a version to that of this program,
// in one transaction.
func migrate(path string, version int) error {
	steps, err := migrations()
	if err != nil || version == len(steps) {
		return err
	}
	db, err := sql.Open(driver, dsn(path, "mode=rw&_txlock=immediate"))
	if err != nil {
		return err
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Another process may have been faster.
	if version, err = userVersion(tx); err != nil {
		return err
	}
	if err := runMigrations(tx, version); err != nil {
		return err
	}
	return tx.Commit()
}

func runMigrations(tx *sql.Tx, version int) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	for i := version; i < len(steps); i++ {
		if _, err := tx.Exec(steps[i]); err != nil {
			return fmt.Errorf("bring the database to version %d: %w", i+1, err)
		}
	}
	_, err = tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", len(steps)))
	return err
}

// A querier is a connection or a transaction.
type querier interface {
	QueryRow(query string, args ...any) *sql.Row
	Query(query string, args ...any) (*sql.Rows, error)
	Exec(query string, args ...any) (sql.Result, error)
}

func userVersion(q querier) (version int, err error) {
	err = q.QueryRow("PRAGMA user_version").Scan(&version)
	return version, err
}

func dataVersion(ctx context.Context, c *sql.Conn) (version int64, err error) {
	err = c.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version)
	return version, err
}
