package workspace

import (
	"context"
	"crypto/ed25519"
	crand "crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"bearings/internal/record"
)

const (
	databaseFile = "bearings.db"
	keyFile      = "device.key"
	logFile      = "bearings.log"

	// logLimit is the size in bytes at which a log is put aside on opening.
	logLimit = 1 << 20
)

// Options say how to open a workspace. The zero value is usable.
type Options struct {
	Now      func() time.Time // the clock; time.Now where nil
	Random   io.Reader        // randomness; crypto/rand where nil
	ReadOnly bool             // write nothing at all, not even a log
	Owner    string           // the owner's name, kept when the workspace is created
	Identity string           // identity of a workspace that is created, where it joins one that others have; else a new one
}

// A Workspace is an open workspace, and one run of the program that writes
// to it.
type Workspace struct {
	dir      string
	readOnly bool
	now      func() time.Time
	random   io.Reader
	log      *slog.Logger
	logFile  *os.File

	db     *sql.DB   // readers
	writer *sql.DB   // the one writing connection; nil when read only
	poll   *sql.Conn // the connection that PRAGMA data_version is asked on

	id     atomic.Pointer[string] // of the workspace, the same on every machine that shares it
	device string                 // of this machine
	key    ed25519.PrivateKey
	run    run

	// writing holds off the other writers of this process. It is taken before
	// mu, and an incident's own lock is taken last.
	writing sync.Mutex
	swept   bool          // files that nothing names were looked for; guarded by writing
	toSay   []record.Seen // what the next batch says that this device has; guarded by writing

	mu       sync.Mutex
	seen     int64 // the last batch that the open incidents have taken in
	version  int64 // PRAGMA data_version when it was asked last
	open     map[string]*opened
	watchers map[*watcher]struct{}

	closing sync.Once
	closed  chan struct{}
}

// Open opens the workspace in dir, which it creates where there is none. What
// is wrong with a place or a database is an *Error: CodeNewer, CodeDamaged,
// CodeForeign, CodeReadOnly, CodeSynced, or CodeNotFound for a workspace that
// is opened to read and is not there.
func Open(dir string, o Options) (*Workspace, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	w := newWorkspace(dir, o)
	if err := w.start(o); err != nil {
		w.Close()
		if o.ReadOnly && errors.Is(err, fs.ErrPermission) {
			return nil, fmt.Errorf("open workspace: %w", err) // the error names the file
		}
		if o.ReadOnly {
			err = explainToReader(err)
		}
		return nil, fmt.Errorf("open workspace %s: %w", dir, explain(err))
	}
	w.log.Info("opened", "run", w.run.id.String(), "read_only", w.readOnly)
	return w, nil
}

func newWorkspace(dir string, o Options) *Workspace {
	w := &Workspace{
		dir:      dir,
		readOnly: o.ReadOnly,
		now:      o.Now,
		random:   o.Random,
		log:      slog.New(slog.DiscardHandler),
		open:     map[string]*opened{},
		watchers: map[*watcher]struct{}{},
		closed:   make(chan struct{}),
	}
	if w.now == nil {
		w.now = time.Now
	}
	if w.random == nil {
		w.random = crand.Reader
	}
	return w
}

func (w *Workspace) start(o Options) error {
	if info, err := os.Stat(w.dir); err == nil && !info.IsDir() {
		return notFolder("this is a file, not a folder")
	}
	if w.readOnly {
		return w.startReading()
	}
	if err := refuseSynced(w.dir); err != nil {
		return err
	}
	if err := w.claimFolder(); err != nil {
		return err
	}
	if err := w.ensureDatabase(o); err != nil {
		return err
	}
	w.sweep()
	if err := w.connect(); err != nil {
		return err
	}
	if err := w.resetDerived(); err != nil {
		return err
	}
	if err := w.startRun(); err != nil {
		return err
	}
	w.tryFinishErasing()
	return nil
}

func (w *Workspace) startReading() error {
	path := filepath.Join(w.dir, databaseFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return &Error{
			Code:    CodeNotFound,
			Message: "there is no workspace in " + w.dir,
			Hint:    "Name the folder of one with --workspace.",
		}
	}
	if _, err := inspect(path); err != nil {
		return err
	}
	return w.connect()
}

// claimFolder makes the folder, makes sure that it can be written, and opens
// the log in it.
func (w *Workspace) claimFolder() error {
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return err
	}
	probe, err := os.CreateTemp(w.dir, ".probe-*")
	if err != nil {
		return err
	}
	probe.Close()
	if err := os.Remove(probe.Name()); err != nil {
		return err
	}
	return w.openLog()
}

// leftover is how old something under a temporary name is when whoever wrote
// it must have been ended.
const leftover = 24 * time.Hour

// sweep removes what processes that were ended left behind.
func (w *Workspace) sweep() {
	for _, pattern := range []string{".probe-*", ".new-*", ".key-*", blobFolder + "/" + tempBlob + "*"} {
		names, err := fs.Glob(os.DirFS(w.dir), pattern)
		if err != nil {
			w.log.Warn("look for leftovers", "error", err)
		}
		for _, name := range names {
			path := filepath.Join(w.dir, filepath.FromSlash(name))
			if info, err := os.Stat(path); err != nil || w.now().Sub(info.ModTime()) < leftover {
				continue
			}
			if err := os.RemoveAll(path); err != nil {
				w.log.Warn("remove a leftover", "error", err)
			}
		}
	}
}

func (w *Workspace) openLog() error {
	path := filepath.Join(w.dir, logFile)
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		if err := os.Rename(path, path+".old"); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w.logFile = f
	w.log = slog.New(slog.NewTextHandler(f, nil))
	return nil
}

// startRun reads or makes this machine's key, and begins a run.
func (w *Workspace) startRun() error {
	key, err := deviceKey(w.dir, w.random)
	if err != nil {
		return err
	}
	w.key = key
	w.device = record.DeviceID(key.Public().(ed25519.PublicKey))
	if err := w.registerOwnDevice(); err != nil {
		return err
	}
	return w.beginRun()
}

// beginRun has this process go on as another run.
func (w *Workspace) beginRun() error {
	id, err := record.NewRun(w.random)
	if err != nil {
		return err
	}
	w.run = run{id: id}
	return nil
}

// Close ends the run and lets go of the database. Closing again does nothing.
func (w *Workspace) Close() error {
	var err error
	w.closing.Do(func() {
		close(w.closed)
		err = w.letGo()
	})
	return err
}

func (w *Workspace) letGo() error {
	var errs []error
	if w.poll != nil {
		errs = append(errs, w.poll.Close())
	}
	for _, db := range []*sql.DB{w.db, w.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if w.logFile != nil {
		errs = append(errs, w.logFile.Close())
	}
	return errors.Join(errs...)
}

// Dir returns the folder of the workspace.
func (w *Workspace) Dir() string { return w.dir }

// ID returns the identity of the workspace, in hex: the same on every machine
// that shares it.
func (w *Workspace) ID() string { return *w.id.Load() }

func (w *Workspace) setID(id string) { w.id.Store(&id) }

// ReadOnly reports whether the workspace was opened to read only.
func (w *Workspace) ReadOnly() bool { return w.readOnly }

// Log returns the log of the workspace, which lies in its folder. What
// records say does not belong in it.
func (w *Workspace) Log() *slog.Logger { return w.log }

func openedToRead() *Error {
	return &Error{Code: CodeReadOnly, Message: "this workspace was opened to read only"}
}

// connect opens the connections, and reads where the workspace stands.
func (w *Workspace) connect() error {
	path := filepath.Join(w.dir, databaseFile)
	var err error
	if w.db, err = sql.Open(driver, readDSN(path, w.readOnly)); err != nil {
		return err
	}
	w.db.SetMaxIdleConns(4)
	if !w.readOnly {
		if w.writer, err = sql.Open(driver, dsn(path, "mode=rw&_txlock=immediate")); err != nil {
			return err
		}
		w.writer.SetMaxOpenConns(1)
	}
	ctx := context.Background()
	if w.poll, err = w.db.Conn(ctx); err != nil {
		return err
	}
	if w.version, err = dataVersion(ctx, w.poll); err != nil {
		return err
	}
	id, err := identityIn(w.db)
	if err != nil {
		return err
	}
	w.setID(id)
	return w.db.QueryRow("SELECT ifnull(max(seq), 0) FROM batches").Scan(&w.seen)
}

func identityIn(q querier) (id string, err error) {
	err = q.QueryRow("SELECT value FROM settings WHERE key = 'workspace'").Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", damagedError("its identity is missing")
	}
	return id, err
}
