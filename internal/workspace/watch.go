package workspace

import (
	"context"
	"fmt"
	"maps"
	"math"
	"time"
)

// pollEvery is how often a watched workspace looks for what other processes
// committed. Looking costs some microseconds where there is nothing new.
const pollEvery = 250 * time.Millisecond

// A Change says that an incident has something new. It says no more: who
// wants to know what it is asks. A change that nobody saw costs nothing, the
// next one says the same.
type Change struct {
	Incident string
	Seq      int64 // the last batch; grows with every change
}

// Refresh takes in what other processes committed, and reports whether there
// was anything.
func (w *Workspace) Refresh() (bool, error) {
	changes, err := w.refresh()
	if err != nil {
		return false, fmt.Errorf("look for changes: %w", explain(err))
	}
	w.tell(changes)
	return len(changes) > 0, nil
}

func (w *Workspace) refresh() ([]Change, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	version, err := dataVersion(context.Background(), w.poll)
	if err != nil || version == w.version {
		return nil, err
	}
	changes, err := w.catchUp(w.db)
	if err == nil {
		w.version = version
	}
	return changes, err
}

// catchUp takes in every batch that came since the last one that was taken
// in. The caller holds mu, and tells the changes once it no longer does.
func (w *Workspace) catchUp(q querier) ([]Change, error) {
	changes, err := changesSince(q, w.seen)
	if err != nil {
		return nil, err
	}
	seen := w.seen
	for _, c := range changes {
		seen = max(seen, c.Seq)
		o, ok := w.open[c.Incident]
		if !ok {
			continue
		}
		records, _, err := readRecords(q, c.Incident, w.seen, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		o.add(records)
	}
	w.seen = seen
	return changes, nil
}

func changesSince(q querier, seq int64) ([]Change, error) {
	rows, err := q.Query("SELECT incident, max(seq) FROM incident_batches INDEXED BY incident_batches_by_seq WHERE seq > ? GROUP BY incident", seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var changes []Change
	for rows.Next() {
		var c Change
		if err := rows.Scan(&c.Incident, &c.Seq); err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	return changes, rows.Err()
}

// A watcher has the changes that its reader has not taken yet, one for each
// incident.
type watcher struct {
	pending map[string]int64 // guarded by the workspace's mu
	wake    chan struct{}
}

// Watch sends what changes, by this process at once and by others within a
// second, until ctx ends or the workspace is closed; then it closes the
// channel. Changes that come while the reader is busy are sent as one for each
// incident.
func (w *Workspace) Watch(ctx context.Context) <-chan Change {
	out := make(chan Change)
	me := &watcher{pending: map[string]int64{}, wake: make(chan struct{}, 1)}
	w.mu.Lock()
	w.watchers[me] = struct{}{}
	w.mu.Unlock()
	go w.watch(ctx, me, out)
	return out
}

func (w *Workspace) watch(ctx context.Context, me *watcher, out chan<- Change) {
	defer close(out)
	defer w.unwatch(me)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	working := true
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.closed:
			return
		case <-me.wake:
		case <-tick.C:
			_, err := w.Refresh()
			if err != nil && working {
				w.log.Warn("watch", "error", err)
			}
			working = err == nil
		}
		for incident, seq := range w.take(me) {
			select {
			case <-ctx.Done():
				return
			case <-w.closed:
				return
			case out <- Change{Incident: incident, Seq: seq}:
			}
		}
	}
}

func (w *Workspace) unwatch(me *watcher) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.watchers, me)
}

func (w *Workspace) take(me *watcher) map[string]int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := maps.Clone(me.pending)
	clear(me.pending)
	return taken
}

// tell gives changes to everybody who watches.
func (w *Workspace) tell(changes []Change) {
	if len(changes) == 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for me := range w.watchers {
		for _, c := range changes {
			me.pending[c.Incident] = max(me.pending[c.Incident], c.Seq)
		}
		select {
		case me.wake <- struct{}{}:
		default:
		}
	}
}
