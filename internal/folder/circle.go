package folder

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/seal"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A circle is who belongs to a shared workspace, and which keys there are, as
// the documents say: nothing of it is stored, and whoever has the same
// documents comes to the same circle, in whatever order they came.
//
// All trust comes from the founder. Whoever was invited by a member is one.
// A member who is removed is none any more, but what others had of it before
// stays valid: they say in their removals what that was.
type circle struct {
	workspace string
	founder   string
	sealed    bool

	members  map[string]*member
	keys     map[string]*epochKey    // by the id of the secret
	removals []*seal.Removal         // those that count
	used     map[string]bool         // names of the documents that count
	unused   map[string]error        // those that do not, and why
	notices  map[string]*seal.Notice // by the id of the invitation
}

// A member is a device that came in, whether or not it was removed.
type member struct {
	card    *seal.Card
	inviter string // the device; empty for the founder, and in a plain workspace
	depth   int    // how many invitations it is away from the founder
	removed *removed
}

// A removed says how a device was taken out of the members.
type removed struct {
	at    time.Time // the earliest that a removal says
	by    string    // the device that signed that one
	never bool      // it never was a member: who invited it was none any more
	cut   map[record.Run]uint64
}

// An epochKey is what is known of a key.
type epochKey struct {
	id      string
	epoch   int
	holders map[string]bool // the devices that have it
	docs    []*seal.Key
}

// circleOf reads documents, by name.
func circleOf(workspaceID, founder string, sealed bool, docs map[string][]byte) *circle {
	c := &circle{
		workspace: workspaceID, founder: founder, sealed: sealed,
		members: map[string]*member{}, keys: map[string]*epochKey{}, notices: map[string]*seal.Notice{},
		used: map[string]bool{}, unused: map[string]error{},
	}
	read := c.read(docs)
	c.admit(read)
	c.remove(read.removals)
	c.collectKeys(read.keys)
	return c
}

// What documents say, before anybody is believed.
type papers struct {
	cards    []*seal.Card
	notices  map[string]*seal.Notice
	removals []*seal.Removal
	keys     []*seal.Key
}

func (c *circle) read(docs map[string][]byte) papers {
	p := papers{notices: map[string]*seal.Notice{}}
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		workspaceID, err := p.read(name, docs[name])
		if err == nil && workspaceID != c.workspace {
			err = fmt.Errorf("it is of another workspace, %.40s", workspaceID)
		}
		if err != nil {
			c.unused[name] = err
		}
	}
	return p
}

func (p *papers) read(name string, doc []byte) (workspaceID string, err error) {
	switch seal.KindOf(name) {
	case seal.Cards:
		card, err := seal.ReadCard(name, doc)
		if err != nil {
			return "", err
		}
		p.cards = append(p.cards, card)
		return card.Workspace, nil
	case seal.Invitations:
		notice, err := seal.ReadNotice(name, doc)
		if err != nil {
			return "", err
		}
		p.notices[notice.ID] = notice
		return notice.Workspace, nil
	case seal.Removals:
		removal, err := seal.ReadRemoval(name, doc)
		if err != nil {
			return "", err
		}
		p.removals = append(p.removals, removal)
		return removal.Workspace, nil
	case seal.Keys:
		key, err := seal.ReadKey(name, doc)
		if err != nil {
			return "", err
		}
		p.keys = append(p.keys, key)
		return key.Workspace, nil
	default:
		return "", fmt.Errorf("it is no document that this version knows")
	}
}

// admit lets in, from the founder on, whoever was invited.
func (c *circle) admit(p papers) {
	waiting := p.cards
	for {
		var still []*seal.Card
		for _, card := range waiting {
			m, err := c.vouch(card, p.notices)
			if err != nil {
				c.unused[seal.CardName(card.Device)] = err
				still = append(still, card)
				continue
			}
			c.members[card.Device] = m
			c.use(seal.CardName(card.Device))
		}
		if len(still) == len(waiting) {
			break
		}
		waiting = still
	}
	c.admitNotices(p.notices)
}

// vouch says who vouches for a card.
func (c *circle) vouch(card *seal.Card, notices map[string]*seal.Notice) (*member, error) {
	switch {
	case card.Workspace != c.workspace:
		return nil, fmt.Errorf("it is of another workspace, %.40s", card.Workspace)
	case c.sealed && card.Recipient == "":
		return nil, fmt.Errorf("it has nothing to which a key could be given")
	case card.Device == c.founder:
		return &member{card: card}, nil
	case card.Invitation == "" && !c.sealed:
		return &member{card: card, depth: 1}, nil
	}
	notice := notices[card.Invitation]
	if notice == nil {
		return nil, fmt.Errorf("its invitation has not arrived")
	}
	inviter := c.members[notice.By]
	if inviter == nil {
		return nil, fmt.Errorf("device %.8s, which invited it, is no member", notice.By)
	}
	if err := notice.Verify(inviter.card.Key); err != nil {
		return nil, err
	}
	if err := card.Invited(notice); err != nil {
		return nil, err
	}
	if card.Made.After(notice.Until) {
		return nil, fmt.Errorf("its invitation had run out")
	}
	return &member{card: card, inviter: notice.By, depth: inviter.depth + 1}, nil
}

func (c *circle) admitNotices(notices map[string]*seal.Notice) {
	for id, n := range notices {
		name := seal.NoticeName(id)
		inviter := c.members[n.By]
		switch {
		case n.Workspace != c.workspace: // said already
		case inviter == nil:
			c.unused[name] = fmt.Errorf("device %.8s, which signed it, is no member", n.By)
		case n.Verify(inviter.card.Key) != nil:
			c.unused[name] = seal.ErrSignature
		default:
			c.notices[id] = n
			c.use(name)
		}
	}
}

func (c *circle) use(name string) {
	c.used[name] = true
	delete(c.unused, name)
}

// remove lets removals count, those of who stands nearer to the founder first:
// a removal counts unless somebody who stands nearer removed who signed it and
// had not seen it. Of two who stand equally near and remove each other, both
// are removed.
func (c *circle) remove(all []*seal.Removal) {
	slices.SortFunc(all, func(a, b *seal.Removal) int { return cmp.Compare(a.Name, b.Name) })
	deepest := 0
	for _, m := range c.members {
		deepest = max(deepest, m.depth)
	}
	for depth := 0; depth <= deepest; depth++ {
		c.exclude() // by the removals of those who stand nearer
		var counted []*seal.Removal
		for _, r := range all {
			signer := c.members[r.By]
			if signer == nil || signer.depth != depth || r.Workspace != c.workspace {
				continue
			}
			if err := c.counts(r, signer); err != nil {
				c.unused[r.Name] = err
				continue
			}
			counted = append(counted, r)
			c.use(r.Name)
		}
		c.removals = append(c.removals, counted...)
	}
	for _, r := range all {
		if c.members[r.By] == nil {
			c.unused[r.Name] = fmt.Errorf("device %.8s, which signed it, is no member", r.By)
		}
	}
	c.exclude()
}

func (c *circle) counts(r *seal.Removal, signer *member) error {
	switch {
	case r.Verify(signer.card.Key) != nil:
		return seal.ErrSignature
	case r.Device == r.By:
		return fmt.Errorf("nobody removes itself")
	case c.members[r.Device] == nil:
		return fmt.Errorf("device %.8s is no member", r.Device)
	case signer.removed == nil:
		return nil
	case signer.removed.never || !slices.ContainsFunc(c.removals, func(by *seal.Removal) bool {
		return by.Device == r.By && slices.Contains(by.Removals, r.Name)
	}):
		return fmt.Errorf("device %.8s, which signed it, was removed before", r.By)
	default:
		return nil
	}
}

// exclude says of every member what the removals that count so far make of
// it.
func (c *circle) exclude() {
	for _, m := range c.members {
		m.removed = nil
	}
	listed := map[string]bool{}
	for _, r := range c.removals {
		m := c.members[r.Device]
		if m.removed == nil {
			m.removed = &removed{at: r.Made, by: r.By, cut: map[record.Run]uint64{}}
		}
		if r.Made.Before(m.removed.at) {
			m.removed.at, m.removed.by = r.Made, r.By
		}
		for _, s := range r.Seen {
			m.removed.cut[s.Run] = max(m.removed.cut[s.Run], s.Number)
		}
		for _, invited := range r.Invited {
			if other := c.members[invited]; other != nil && other.inviter == r.Device {
				listed[invited] = true
			}
		}
	}
	byDepth := slices.SortedFunc(maps.Values(c.members), func(a, b *member) int { return cmp.Compare(a.depth, b.depth) })
	for _, m := range byDepth {
		inviter := c.members[m.inviter]
		if inviter == nil || inviter.removed == nil {
			continue
		}
		if inviter.removed.never || !listed[m.card.Device] {
			m.removed = &removed{at: inviter.removed.at, by: inviter.removed.by, never: true}
		}
	}
}

// collectKeys gathers who holds which key: those to whom it was given, who
// gave it, and who joined by an invitation that carried it.
func (c *circle) collectKeys(all []*seal.Key) {
	for _, k := range all {
		signer := c.members[k.By]
		switch {
		case k.Workspace != c.workspace:
			continue
		case signer == nil:
			c.unused[k.Name] = fmt.Errorf("device %.8s, which signed it, is no member", k.By)
			continue
		case k.Verify(signer.card.Key) != nil:
			c.unused[k.Name] = seal.ErrSignature
			continue
		}
		c.use(k.Name)
		e := c.key(k.ID)
		e.epoch = max(e.epoch, k.Epoch)
		e.docs = append(e.docs, k)
		e.holders[k.By] = true
		for _, device := range k.For {
			e.holders[device] = true
		}
	}
	for _, m := range c.members {
		if n := c.notices[m.card.Invitation]; n != nil {
			for _, id := range n.Keys {
				c.key(id).holders[m.card.Device] = true
			}
		}
	}
}

func (c *circle) key(id string) *epochKey {
	if c.keys[id] == nil {
		c.keys[id] = &epochKey{id: id, holders: map[string]bool{}}
	}
	return c.keys[id]
}

// active returns the members that were not removed, by device.
func (c *circle) active() []*member {
	var all []*member
	for _, device := range slices.Sorted(maps.Keys(c.members)) {
		if m := c.members[device]; m.removed == nil {
			all = append(all, m)
		}
	}
	return all
}

func (c *circle) isActive(device string) bool {
	m := c.members[device]
	return m != nil && m.removed == nil
}

// clean reports whether nobody holds a key who is no member.
func (c *circle) clean(k *epochKey) bool {
	for device := range k.holders {
		if m := c.members[device]; m != nil && m.removed != nil {
			return false
		}
	}
	return k.epoch > 0
}

// exclusions is what the workspace is to know of who was removed.
func (c *circle) exclusions() workspace.Exclusions {
	e := workspace.Exclusions{}
	for device, m := range c.members {
		if m.removed != nil {
			e[device] = map[record.Run]uint64{}
			maps.Copy(e[device], m.removed.cut)
		}
	}
	return e
}

// invitedBy lists the devices that a device invited.
func (c *circle) invitedBy(device string) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(c.members)) {
		if m := c.members[name]; m.inviter == device && (m.removed == nil || !m.removed.never) {
			all = append(all, name)
		}
	}
	return all
}

// removalsBy lists the removals that a device signed and that count.
func (c *circle) removalsBy(device string) []string {
	var all []string
	for _, r := range c.removals {
		if r.By == device {
			all = append(all, r.Name)
		}
	}
	return all
}

// usedTwice lists invitations by which several devices came in.
func (c *circle) usedTwice() map[string][]string {
	by := map[string][]string{}
	for _, m := range c.active() {
		if m.card.Invitation != "" {
			by[m.card.Invitation] = append(by[m.card.Invitation], m.card.Device)
		}
	}
	maps.DeleteFunc(by, func(_ string, devices []string) bool { return len(devices) < 2 })
	return by
}

// strays are the documents that do not count, and why.
func (c *circle) strays() []carrier.Stray {
	var all []carrier.Stray
	for _, name := range slices.Sorted(maps.Keys(c.unused)) {
		all = append(all, carrier.Stray{Where: name, What: c.unused[name].Error()})
	}
	return all
}
