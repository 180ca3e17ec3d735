package folder

import (
	"errors"
	"fmt"
	"time"

	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// The codes of errors about who may read and write.
const (
	CodeNotMember  = "not_member"  // this machine is none, or no more
	CodeInvitation = "invitation"  // one that cannot be used, or is needed
	CodeWords      = "wrong_words" // those of another invitation, or misheard
)

// MaxInvitation is how many bytes the file of an invitation has at most.
const MaxInvitation = seal.MaxInvitation

// ValidFor is how long an invitation is valid where nobody says otherwise.
const ValidFor = 7 * 24 * time.Hour

// introduce makes this machine's card, by an invitation or none.
func (m *membership) introduce(machine, person string, by *seal.Invitation) error {
	name := seal.CardName(m.self())
	if m.kept[name] { // written once: this machine has joined before
		return nil
	}
	n := seal.NewCard{Workspace: m.w.ID(), Machine: machine, Person: person, Opened: by}
	if m.sealed {
		n.Recipient = m.identity.Recipient()
		n.Secret = m.newestHeld()
	}
	name, doc, err := seal.WriteCard(n, seal.Moment{Now: m.now(), Random: m.random}, m.w.Key())
	if err != nil {
		return err
	}
	return m.issue(map[string][]byte{name: doc})
}

func (m *membership) newestHeld() *seal.Secret {
	var newest *seal.Secret
	epoch := -1
	for id, s := range m.held {
		if k := m.circle.keys[id]; k != nil && k.epoch > epoch {
			newest, epoch = s, k.epoch
		} else if newest == nil {
			newest = s
		}
	}
	return newest
}

// found makes this machine the first member, with the first key.
func (m *membership) found(machine, person string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.prepare(); err != nil {
		return err
	}
	if !m.sealed {
		return m.introduce(machine, person, nil)
	}
	if m.kept[seal.CardName(m.self())] { // it was founded before, and goes on
		return nil
	}
	s, err := seal.NewSecret(m.random)
	if err != nil {
		return err
	}
	// The key comes first: the card is sealed with it, and is written once.
	if err := m.giveSelf([]seal.EpochSecret{{Epoch: 1, Secret: s}}); err != nil {
		return err
	}
	return m.introduce(machine, person, nil)
}

// prepare makes ready what a first document needs: what the workspace keeps,
// and, of a sealed one, what opens its keys.
func (m *membership) prepare() error {
	if _, err := m.gather(nil); err != nil {
		return err
	}
	m.circle = circleOf(m.w.ID(), m.founder, m.sealed, m.docs)
	if !m.sealed {
		return nil
	}
	if m.identity == nil {
		var err error
		if m.identity, err = ownIdentity(m.w, m.random); err != nil {
			return err
		}
	}
	return m.openKeys()
}

// giveSelf keeps keys as documents that this machine can open, so that nothing
// but its identity has to be kept secret.
func (m *membership) giveSelf(secrets []seal.EpochSecret) error {
	if len(secrets) == 0 {
		return nil
	}
	self := &seal.Card{Device: m.self(), Recipient: m.identity.Recipient().String()}
	for _, s := range secrets {
		m.held[s.Secret.ID()] = s.Secret
		if err := m.give(s.Epoch, s.Secret, []*seal.Card{self}); err != nil {
			return err
		}
	}
	return nil
}

// join makes this machine a member by an invitation, or, of a plain workspace,
// without one.
func (m *membership) join(machine, person string, by *seal.Invitation) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.prepare(); err != nil {
		return err
	}
	if by == nil {
		return m.introduce(machine, person, nil)
	}
	if err := m.giveSelf(by.Secrets); err != nil {
		return err
	}
	return m.introduce(machine, person, by)
}

// invite makes an invitation that only its words open.
func (m *membership) invite(workspaceName string, o InviteOptions, work int) (Invitation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.mustBeMember(); err != nil {
		return Invitation{}, err
	}
	if o.Valid == 0 {
		o.Valid = ValidFor
	}
	n := seal.Invitation{
		Workspace: m.w.ID(), Name: workspaceName, Sealed: m.sealed, Founder: m.founder,
		Inviter: m.w.Device().Key, Until: m.now().Add(o.Valid),
	}
	for _, k := range m.keysByAge() {
		if len(n.Secrets) < seal.MaxKeys {
			n.Secrets = append(n.Secrets, seal.EpochSecret{Epoch: k.epoch, Secret: m.held[k.id]})
		}
	}
	i, err := seal.NewInvitation(n, m.random)
	if err != nil {
		return Invitation{}, err
	}
	file, words, err := seal.WriteInvitation(i, work, m.random)
	if err != nil {
		return Invitation{}, err
	}
	name, doc, err := seal.WriteNotice(i, m.now(), m.w.Key())
	if err != nil {
		return Invitation{}, err
	}
	if err := m.issue(map[string][]byte{name: doc}); err != nil {
		return Invitation{}, err
	}
	return Invitation{ID: i.ID, File: file, Words: words, Until: i.Until}, nil
}

func (m *membership) mustBeMember() error {
	if err := m.prepare(); err != nil {
		return err
	}
	if err := m.act(); err != nil {
		return err
	}
	switch in := m.circle.members[m.self()]; {
	case in != nil && in.removed == nil && (!m.sealed || m.writeKey() != nil):
		return nil
	case in != nil && in.removed != nil:
		return removedError()
	default:
		return &workspace.Error{
			Code:    CodeNotMember,
			Message: "the others do not know this machine yet",
			Hint:    "Wait until the shared folder has been read to its end, then do it again.",
		}
	}
}

func removedError() error {
	return &workspace.Error{
		Code:    CodeNotMember,
		Message: "this machine was removed from the shared workspace",
		Hint:    "What is here stays. To come back, join with a new workspace and a new invitation.",
	}
}

// openInvitation opens the file of an invitation, and says in words what is
// wrong with it.
func openInvitation(file []byte, words string, now time.Time) (*seal.Invitation, error) {
	i, err := seal.ReadInvitation(file, words)
	switch {
	case errors.Is(err, seal.ErrWords):
		return nil, &workspace.Error{
			Code:    CodeWords,
			Message: "the words do not open this invitation: " + wordsTrouble(err),
			Hint:    "Ask whoever invited you for the six words again, and for the file that they belong to.",
		}
	case seal.IsNewer(err):
		return nil, &workspace.Error{
			Code:    CodeInvitation,
			Message: "this invitation is of a newer Bearings",
			Hint:    "Update Bearings, then join again.",
		}
	case err != nil:
		return nil, &workspace.Error{
			Code:    CodeInvitation,
			Message: "this file is no whole invitation",
			Hint:    "Ask for the file again; it is text, and must come whole.",
		}
	case now.After(i.Until):
		return nil, &workspace.Error{
			Code:    CodeInvitation,
			Message: "this invitation ran out on " + i.Until.Local().Format("2 January 2006 15:04"),
			Hint:    "Ask for a new one. If it is not that late, set this machine's clock.",
		}
	}
	return i, nil
}

// wordsTrouble says which word cannot be right, where that is known.
func wordsTrouble(err error) string {
	text := err.Error()
	if at := len("open an invitation: " + seal.ErrWords.Error() + ": "); len(text) > at {
		return text[at:]
	}
	return "they are others"
}

// usedBy returns the machine that has used an invitation before, as far as the
// documents in a folder say.
func usedBy(docs map[string][]byte, i *seal.Invitation, self string) (machine string, used bool) {
	for name, doc := range docs {
		if seal.KindOf(name) != seal.Cards {
			continue
		}
		card, err := seal.ReadCard(name, doc)
		if err == nil && card.Invitation == i.ID && card.Device != self {
			return card.Machine, true
		}
	}
	return "", false
}

func usedError(machine string) error {
	return &workspace.Error{
		Code:    CodeInvitation,
		Message: fmt.Sprintf("this invitation was used already, by the machine %.80q", machine),
		Hint:    "Ask for a new one: each lets one machine in. If nobody of you knows that machine, have it removed.",
	}
}
