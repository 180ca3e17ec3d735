package folder

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"filippo.io/age"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// A membership keeps a workspace in step with the circle of those who share
// it: whom it trusts, what it keeps aside, which keys it has. It is made of a
// link, exchanges documents with a place before that is read, and then has the
// codec of what lies there. Nothing but what the workspace keeps has to last,
// so several processes may each have one. It may be used by several goroutines.
type membership struct {
	w       *workspace.Workspace
	now     func() time.Time
	random  io.Reader
	founder string
	sealed  bool

	mu       sync.Mutex
	identity *age.X25519Identity // of this machine; nil until it is needed
	docs     map[string][]byte   // all that are known, here or in the folder
	kept     map[string]bool     // names of those that the workspace keeps
	circle   *circle
	held     map[string]*seal.Secret // by id
	tried    map[string]bool         // names of the key documents that were looked at
	first    map[string]time.Time    // when a member was first known to lack a key
	clashes  map[string]bool         // names under which the folder has something else
}

// grantAfter is how long whoever did not invite a member waits before it gives
// it a key that it lacks, so that not everybody does.
const grantAfter = 10 * time.Minute

func newMembership(w *workspace.Workspace, now func() time.Time, random io.Reader, founder string, isSealed bool) *membership {
	return &membership{
		w: w, now: now, random: random, founder: founder, sealed: isSealed,
		docs: map[string][]byte{}, kept: map[string]bool{}, circle: circleOf(w.ID(), founder, isSealed, nil),
		held: map[string]*seal.Secret{}, tried: map[string]bool{}, first: map[string]time.Time{}, clashes: map[string]bool{},
	}
}

// meet takes in the documents that a folder has, and returns those that it
// lacks. Whatever follows from them for this workspace is done when it returns.
func (m *membership) meet(found []carrier.Document) (lacking []carrier.Document, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sealed && m.identity == nil {
		if m.identity, err = ownIdentity(m.w, m.random); err != nil {
			return nil, err
		}
	}
	news, err := m.gather(found)
	if err != nil {
		return nil, err
	}
	if news {
		if err := m.follow(); err != nil {
			return nil, err
		}
	}
	if err := m.act(); err != nil {
		return nil, err
	}
	return m.lacking(found), nil
}

// gather adds what the folder and the workspace have to what is known, and
// reports whether anything is new.
func (m *membership) gather(found []carrier.Document) (news bool, err error) {
	here, err := m.w.Documents()
	if err != nil {
		return false, err
	}
	for _, d := range here {
		news = news || !bytes.Equal(m.docs[d.Name], d.Body)
		m.docs[d.Name], m.kept[d.Name] = d.Body, true
	}
	clear(m.clashes)
	for _, d := range found {
		switch known, ok := m.docs[d.Name]; {
		case ok && bytes.Equal(known, d.Body):
		case m.kept[d.Name]:
			m.clashes[d.Name] = true
		default:
			m.docs[d.Name], news = d.Body, true
		}
	}
	return news, nil
}

// follow works out the circle anew, and does what it says.
func (m *membership) follow() error {
	m.circle = circleOf(m.w.ID(), m.founder, m.sealed, m.docs)
	trusted, err := m.trusted()
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(m.circle.used)) {
		if err := m.keep(name); err != nil {
			return err
		}
	}
	// Who was removed is known before anybody is trusted, so that nothing comes
	// in that must not.
	if _, err := m.w.Exclude(m.circle.exclusions()); err != nil {
		return err
	}
	for _, device := range slices.Sorted(maps.Keys(m.circle.members)) {
		member := m.circle.members[device]
		if trusted[device] || member.removed != nil && member.removed.never {
			continue
		}
		if _, err := m.w.Trust(workspace.DeviceOf(member.card.Key, member.card.Machine)); err != nil {
			return err
		}
	}
	if err := m.openKeys(); err != nil {
		return err
	}
	return m.witness(trusted)
}

func (m *membership) trusted() (map[string]bool, error) {
	devices, err := m.w.Devices()
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, d := range devices {
		known[d.ID] = true
	}
	return known, nil
}

// keep keeps a document in the workspace, so that any folder can be given it
// again.
func (m *membership) keep(name string) error {
	if m.kept[name] {
		return nil
	}
	_, err := m.w.PutDocument(workspace.Document{Name: name, Body: m.docs[name]})
	var typed *workspace.Error
	if errors.As(err, &typed) && typed.Code == workspace.CodeConflict {
		m.clashes[name] = true // another process was faster, and is looked at next time
		return nil
	}
	if err == nil {
		m.kept[name] = true
	}
	return err
}

// issue makes documents of this machine known.
func (m *membership) issue(docs map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		m.docs[name] = docs[name]
		if err := m.keep(name); err != nil {
			return err
		}
	}
	m.circle = circleOf(m.w.ID(), m.founder, m.sealed, m.docs)
	return m.openKeys()
}

// openKeys opens the keys that were given to this machine.
func (m *membership) openKeys() error {
	if !m.sealed || m.identity == nil {
		return nil
	}
	for _, k := range m.circle.keys {
		for _, doc := range k.docs {
			if m.held[k.id] != nil || m.tried[doc.Name] || !slices.Contains(doc.For, m.self()) {
				continue
			}
			m.tried[doc.Name] = true
			s, err := doc.Open(m.identity)
			if err != nil {
				m.w.Log().Warn("open a key", "document", doc.Name, "error", err)
				continue
			}
			m.held[k.id] = s
		}
	}
	return nil
}

// self is this machine's device; none where the workspace was opened to read.
func (m *membership) self() string { return m.w.Device().ID }

// witness says, of every member who was removed, what this machine had of it
// before it heard of that, where nobody has said so yet. So everybody takes in
// the same, and what one has already taken in nobody keeps aside for ever.
func (m *membership) witness(trusted map[string]bool) error {
	if !m.circle.isActive(m.self()) {
		return nil
	}
	for device, member := range m.circle.members {
		if member.removed == nil || member.removed.never {
			continue
		}
		more, err := m.hadMore(device, member, trusted)
		if err != nil {
			return err
		}
		if more {
			if err := m.sayRemoved(device, trusted); err != nil {
				return err
			}
		}
	}
	return nil
}

// hadMore reports whether this machine had more of a device that was removed
// than the removals say.
func (m *membership) hadMore(device string, member *member, trusted map[string]bool) (bool, error) {
	seen, err := m.w.SeenOf(device)
	if err != nil {
		return false, err
	}
	for _, s := range seen {
		if s.Number > member.removed.cut[s.Run] {
			return true, nil
		}
	}
	for other, o := range m.circle.members {
		if o.inviter == device && o.removed != nil && o.removed.never && trusted[other] {
			return true, nil
		}
	}
	return false, nil
}

// sayRemoved removes a device, and says what this machine has of it.
func (m *membership) sayRemoved(device string, trusted map[string]bool) error {
	seen, err := m.w.SeenOf(device)
	if err != nil {
		return err
	}
	r := seal.Removal{Device: device, Seen: seen, Invited: m.circle.invitedBy(device), Removals: m.circle.removalsBy(device)}
	for other, o := range m.circle.members {
		if o.inviter == device && o.removed != nil && o.removed.never && trusted[other] {
			r.Invited = append(r.Invited, other)
		}
	}
	docs, err := seal.WriteRemovals(m.w.ID(), r, m.now(), m.w.Key())
	if err != nil {
		return err
	}
	if err := m.issue(docs); err != nil {
		return err
	}
	_, err = m.w.Exclude(m.circle.exclusions())
	return err
}

// act does what is to be done without being asked: give members the keys that
// they lack, and make a key where there is none that only members have.
func (m *membership) act() error {
	if !m.sealed || !m.circle.isActive(m.self()) {
		return nil
	}
	if m.writeKey() == nil {
		if err := m.makeKey(); err != nil {
			return err
		}
	}
	return m.grant()
}

// writeKey is the newest of the keys that this machine has and that nobody has
// who is no member.
func (m *membership) writeKey() *epochKey {
	var best *epochKey
	for id, k := range m.circle.keys {
		if m.held[id] == nil || !m.circle.clean(k) {
			continue
		}
		if best == nil || k.epoch > best.epoch || k.epoch == best.epoch && k.id < best.id {
			best = k
		}
	}
	return best
}

func (m *membership) makeKey() error {
	epoch := 0
	for _, k := range m.circle.keys {
		epoch = max(epoch, k.epoch)
	}
	s, err := seal.NewSecret(m.random)
	if err != nil {
		return err
	}
	var cards []*seal.Card
	for _, member := range m.circle.active() {
		cards = append(cards, member.card)
	}
	return m.give(min(epoch+1, seal.MaxEpoch), s, cards)
}

func (m *membership) give(epoch int, s *seal.Secret, to []*seal.Card) error {
	docs, err := seal.WriteKeys(m.w.ID(), epoch, s, to, m.now(), m.w.Key())
	if err != nil {
		return err
	}
	return m.issue(docs)
}

// grant gives members the keys that they lack: those that this machine invited
// at once, others after a while.
func (m *membership) grant() error {
	for _, id := range slices.Sorted(maps.Keys(m.held)) {
		k := m.circle.keys[id]
		if k == nil || k.epoch == 0 {
			continue
		}
		var lack []*seal.Card
		for _, member := range m.circle.active() {
			if device := member.card.Device; !k.holders[device] && m.isMineToGive(member, id) {
				lack = append(lack, member.card)
			}
		}
		if len(lack) > 0 {
			if err := m.give(k.epoch, m.held[id], lack); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *membership) isMineToGive(to *member, key string) bool {
	if to.inviter == m.self() {
		return true
	}
	what := to.card.Device + " " + key
	if m.first[what].IsZero() {
		m.first[what] = m.now()
	}
	return m.now().Sub(m.first[what]) >= grantAfter
}

// lacking are the documents that this workspace keeps, and that a folder does
// not have: those that count, and its own card before who invited it is known.
func (m *membership) lacking(found []carrier.Document) []carrier.Document {
	there := map[string]bool{}
	for _, d := range found {
		there[d.Name] = true
	}
	var all []carrier.Document
	for _, name := range slices.Sorted(maps.Keys(m.kept)) {
		if !there[name] {
			all = append(all, carrier.Document{Name: name, Body: m.docs[name]})
		}
	}
	return all
}

// codec returns how lines and files lie in the folder, with the keys that are
// here now.
func (m *membership) codec() Codec {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.sealed {
		return plain{}
	}
	c := &sealed{held: maps.Clone(m.held), random: m.random}
	if k := m.writeKey(); k != nil && m.circle.isActive(m.self()) {
		c.write = m.held[k.id]
	}
	for _, k := range m.keysByAge() {
		c.order = append(c.order, m.held[k.id])
	}
	return c
}

// keysByAge are the keys that are here, the newest first.
func (m *membership) keysByAge() []*epochKey {
	var all []*epochKey
	for id := range m.held {
		if k := m.circle.keys[id]; k != nil && k.epoch > 0 {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b *epochKey) int { return cmp.Or(cmp.Compare(b.epoch, a.epoch), cmp.Compare(a.id, b.id)) })
	return all
}

// strays are the documents that do not count, and why.
func (m *membership) strays() []carrier.Stray {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.circle.strays()
	for _, name := range slices.Sorted(maps.Keys(m.clashes)) {
		all = append(all, carrier.Stray{Where: name, What: "it is not what this machine knows under this name"})
	}
	for id, devices := range m.circle.usedTwice() {
		all = append(all, carrier.Stray{
			Where: seal.NoticeName(id),
			What:  fmt.Sprintf("%d machines came in by one invitation: %s; remove the one that you do not know", len(devices), m.machines(devices)),
		})
	}
	return all
}

func (m *membership) machines(devices []string) string {
	text := ""
	for i, device := range devices {
		if i > 0 {
			text += " and "
		}
		text += m.circle.members[device].card.Machine
	}
	return text
}

// people are the members, as far as the documents say, in the order in which
// they joined.
func (m *membership) people() []Member {
	m.mu.Lock()
	defer m.mu.Unlock()
	joined := slices.SortedFunc(maps.Values(m.circle.members), func(a, b *member) int {
		return cmp.Or(a.card.Made.Compare(b.card.Made), cmp.Compare(a.depth, b.depth), cmp.Compare(a.card.Device, b.card.Device))
	})
	var all []Member
	for _, in := range joined {
		if in.removed != nil && in.removed.never {
			continue
		}
		out := Member{
			Device: in.card.Device, Name: in.card.Machine, Person: in.card.Person(m.secret), Self: in.card.Device == m.self(),
			Invited: in.inviter, Joined: in.card.Made,
		}
		if in.removed != nil {
			out.Removed = in.removed.at
		}
		all = append(all, out)
	}
	return all
}

func (m *membership) secret(id string) *seal.Secret { return m.held[id] }

// knows reports whether a line is sealed with a key that a member made.
func (m *membership) knows(line []byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, err := seal.ReadLine(line)
	return err == nil && m.circle.keys[l.Key] != nil && m.circle.keys[l.Key].epoch > 0
}

// removedSince returns since when this machine is no member any more; the zero
// time while it is one, or was none yet.
func (m *membership) removedSince() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	if in := m.circle.members[m.self()]; in != nil && in.removed != nil {
		return in.removed.at
	}
	return time.Time{}
}
