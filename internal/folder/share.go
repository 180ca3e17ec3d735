package folder

import (
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/lock"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// The times by which sharing goes.
const (
	readInFront = 2 * time.Second
	readBehind  = 15 * time.Second
	coalesce    = 50 * time.Millisecond // so many changes that follow each other are one write
	healAfter   = 10 * time.Minute      // what the folder lacks of others is put back after it
	sayEvery    = time.Minute           // how often a device says what it has, with news
	sayAlone    = 15 * time.Second      // how long it waits for something else to say
	briefEvery  = 5 * time.Second
	briefStale  = 5 * time.Minute // a brief that its lead's machine did not write
	skewLimit   = 2 * time.Minute
	lookAgain   = 10 * time.Minute // for files of evidence that somebody may have taken away
)

// A Share keeps a workspace in step with the others that share it.
type Share struct {
	w *workspace.Workspace
	o Options

	step    sync.Mutex // one round, or one change of how it is shared, at a time
	sole    bool       // this process holds the lock by which one shares for all
	as      *link      // nil while it is not shared
	carrier carrier.Carrier
	who     *membership
	codec   Codec
	sealedN int // keys that the codec has

	marks   carrier.Marks // of the carrier
	unkept  carrier.Marks // those of them that are not in the workspace yet
	sent    map[record.Digest]bool
	held    *holding
	others  *hearsay
	heal    healing
	files   files
	briefs  briefs
	erasing erasing
	owed    owed
	packing packing
	said    saying
	skew    skew
	news    bool // something came, or went, since the folder was last compared

	pulse pulse

	mu      sync.Mutex
	state   State
	changed chan struct{}
}

// Open returns what shares a workspace. Where it is not shared its State is
// Alone; nothing of the folder is looked at before Run or Once.
func Open(w *workspace.Workspace, o Options) (*Share, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = crand.Reader
	}
	if o.Front == nil {
		o.Front = func() bool { return true }
	}
	if o.Open == nil {
		o.Open = func(path string, p Profile) (carrier.Carrier, error) {
			return directory.Open(path, directory.Options{Now: o.Now, Cloud: p == Cloud})
		}
	}
	if o.Machine == "" {
		o.Machine, _ = os.Hostname() // without a name it is called by its device
	}
	s := &Share{w: w, o: o, changed: make(chan struct{}, 1), state: State{Phase: Alone}}
	s.step.Lock()
	defer s.step.Unlock()
	as, err := linkOf(w)
	if err == nil && as != nil {
		err = s.attach(as)
	}
	if err != nil {
		return nil, fmt.Errorf("open sharing: %w", err)
	}
	return s, nil
}

// attach begins to share by what is kept.
func (s *Share) attach(as *link) error {
	c, err := s.o.Open(as.Folder, as.Profile)
	if err != nil {
		return err
	}
	s.as, s.carrier, s.codec = as, c, plain{}
	s.who = newMembership(s.w, s.o.Now, s.o.Random, as.Founder, as.Sealed)
	s.sent, s.unkept = map[record.Digest]bool{}, carrier.Marks{}
	s.heal, s.files, s.briefs, s.erasing = healing{}, newFiles(), newBriefs(), newErasing()
	s.packing = packing{}
	s.said, s.skew, s.news = saying{}, skew{}, true
	if s.marks, err = s.w.Marks(s.name()); err != nil {
		return errors.Join(err, c.Close())
	}
	s.held, s.others = nil, nil // looked up by the first round: that takes a moment in a large workspace
	s.set(func(st *State) {
		*st = State{Phase: Sending, Folder: as.Folder, Name: as.Name, Sealed: as.Sealed}
	})
	return nil
}

// name is that of the carrier in the workspace.
func (s *Share) name() string { return "folder " + s.as.Folder }

func (s *Share) detach() error {
	if s.carrier == nil {
		return nil
	}
	err := s.carrier.Close()
	s.as, s.carrier, s.who = nil, nil, nil
	return err
}

// Close lets go of the folder.
func (s *Share) Close() error {
	s.step.Lock()
	defer s.step.Unlock()
	return s.detach()
}

// State says how sharing stands. It never waits for the folder.
func (s *Share) State() State {
	s.mu.Lock()
	st := s.state
	s.mu.Unlock()
	since := s.pulse.silentSince(s.o.Now())
	if since.IsZero() || st.Phase == Alone || st.Phase == Excluded {
		return st
	}
	st.Phase, st.Trouble = Offline, silentTrouble()
	if st.Since.IsZero() {
		st.Since = since
	}
	return st
}

// Changed tells that something of State has changed, as often as it does or
// less.
func (s *Share) Changed() <-chan struct{} { return s.changed }

func (s *Share) set(change func(*State)) {
	s.mu.Lock()
	change(&s.state)
	s.mu.Unlock()
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// Run publishes and reads until ctx ends, or nothing is shared any more. Of
// several processes on one workspace one does it; the others wait until that
// one ends.
func (s *Share) Run(ctx context.Context) error {
	held, err := s.waitForLock(ctx)
	if err != nil || held == nil {
		return err
	}
	defer held.Close()
	s.shareForAll(true)
	defer s.shareForAll(false)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes, looks := s.w.Watch(ctx), s.looks(ctx)
	for first := true; ; first = false {
		if !first {
			select {
			case <-ctx.Done():
				return nil
			case _, more := <-changes:
				if !more {
					return nil
				}
				s.gatherChanges(ctx, changes)
				if err := s.publishOnly(ctx); err != nil && ctx.Err() == nil {
					return err
				}
				continue
			case _, more := <-looks:
				if !more {
					return nil
				}
			}
		}
		if _, err := s.round(ctx, nil, false); err != nil && !isTrouble(err) && ctx.Err() == nil {
			return err
		}
		if !s.shared() {
			return nil
		}
	}
}

// looks tells when the folder is to be looked at.
func (s *Share) looks(ctx context.Context) <-chan struct{} {
	out := make(chan struct{})
	go func() {
		defer close(out)
		for ctx.Err() == nil {
			s.wait(ctx)
			select {
			case out <- struct{}{}:
			case <-ctx.Done():
			}
		}
	}()
	return out
}

func (s *Share) wait(ctx context.Context) {
	every := readBehind
	if s.o.Front() {
		every = readInFront
	}
	if s.o.Wait != nil {
		s.o.Wait(ctx, every)
		return
	}
	s.step.Lock()
	c := s.carrier
	s.step.Unlock()
	if c == nil {
		return
	}
	c.Wait(ctx, every)
}

// gatherChanges waits a moment for what follows a change at once.
func (s *Share) gatherChanges(ctx context.Context, changes <-chan workspace.Change) {
	timer := time.NewTimer(coalesce)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			return
		case _, more := <-changes:
			if !more {
				return
			}
		}
	}
}

func (s *Share) shareForAll(does bool) {
	s.step.Lock()
	defer s.step.Unlock()
	s.sole = does
}

func (s *Share) shared() bool {
	s.step.Lock()
	defer s.step.Unlock()
	return s.as != nil
}

// Once publishes what is here and reads what is there, once. progress is
// called with bytes read, of how many; it may be nil.
func (s *Share) Once(ctx context.Context, progress func(done, total int64)) (Report, error) {
	held, err := takeLock(s.w.Dir())
	if err != nil && !errors.Is(err, lock.ErrTaken) {
		return Report{}, err
	}
	if held != nil {
		defer held.Close()
		s.shareForAll(true)
		defer s.shareForAll(false)
	}
	// Another process that shares this workspace does no harm: what both put
	// there, or take in, is the same.
	return s.round(ctx, progress, true)
}

// round does everything once.
func (s *Share) round(ctx context.Context, progress func(done, total int64), alone bool) (Report, error) {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return Report{}, notShared()
	}
	var r Report
	err := s.steps(ctx, &r, progress, alone)
	s.pulse.rest()
	s.finishErasing(alone)
	s.stand(err)
	return r, err
}

func (s *Share) steps(ctx context.Context, r *Report, progress func(done, total int64), alone bool) error {
	s.beat()
	if err := s.sameMarker(ctx); err != nil {
		return err
	}
	if err := s.lookUp(); err != nil {
		return err
	}
	if err := s.meet(ctx); err != nil {
		return err
	}
	s.beat()
	// A folder that cannot be written to is read all the same.
	wrote := s.publish(ctx, r)
	if err := s.read(ctx, r, progress); err != nil {
		return err
	}
	if wrote != nil {
		return wrote
	}
	s.beat()
	if err := s.erase(ctx, r); err != nil {
		return err
	}
	s.beat()
	if err := s.healFolder(ctx, r); err != nil {
		return err
	}
	said, err := s.speak(alone)
	if err == nil && (said || r.Added > 0) { // another life of this device may have written what came
		err = s.publish(ctx, r)
	}
	if err != nil {
		return err
	}
	s.beat()
	if err := s.carryFiles(ctx, r, alone); err != nil {
		return err
	}
	if err := s.writeBriefs(ctx); err != nil {
		return err
	}
	s.beat()
	return s.pack(ctx, r, alone)
}

// publishOnly does what a change here asks for at once.
func (s *Share) publishOnly(ctx context.Context) error {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return nil
	}
	s.beat()
	defer s.pulse.rest()
	err := s.sameMarker(ctx)
	if err == nil {
		err = s.lookUp()
	}
	var r Report
	if err == nil {
		err = s.publish(ctx, &r)
	}
	if err == nil && r.Published > 0 {
		err = s.carryFiles(ctx, &r, false)
	}
	s.stand(err)
	if isTrouble(err) {
		return nil
	}
	return err
}

// sameMarker makes sure that the folder still carries this workspace.
func (s *Share) sameMarker(ctx context.Context) error {
	m, err := s.carrier.Marker(ctx)
	if err != nil {
		return err
	}
	if m.Workspace != s.w.ID() {
		return carrier.ErrFounded
	}
	return nil
}

// meet takes in the documents that the folder has, and gives it those that it
// lacks.
func (s *Share) meet(ctx context.Context) error {
	// What cannot be written now is put there the next time.
	if err := s.who.exchange(ctx, s.carrier); err != nil && !isUnwritable(err) {
		return err
	}
	s.codec = s.who.codec()
	return s.openAside()
}
