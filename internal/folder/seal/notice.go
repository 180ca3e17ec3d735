package seal

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// A Notice is what everybody may know of an invitation: who invites, and how
// to tell that somebody had it.
type Notice struct {
	head
	signed

	ID    string
	Key   ed25519.PublicKey // verifies the proof on a card
	Until time.Time
	Keys  []string // ids of the secrets that the invitation carries
}

type noticeBody struct {
	head
	ID    string    `json:"id"`
	Key   string    `json:"key"`
	Until time.Time `json:"until"`
	Keys  []string  `json:"keys,omitempty"`
}

// MaxKeys is how many secrets an invitation carries, and a notice names.
const MaxKeys = 1000

// WriteNotice writes and signs the notice of an invitation.
func WriteNotice(i *Invitation, made time.Time, key ed25519.PrivateKey) (name string, doc []byte, err error) {
	b := noticeBody{
		head:  newHead(Invitations, i.Workspace, Device(key), made),
		ID:    i.ID,
		Key:   hex.EncodeToString(i.key.Public().(ed25519.PublicKey)),
		Until: i.Until,
	}
	for _, s := range i.Secrets {
		b.Keys = append(b.Keys, s.Secret.ID())
	}
	doc, err = encode(Invitations, b, key)
	return NoticeName(i.ID), doc, err
}

// ReadNotice reads a notice that stands under a name. Verify says whether the
// device that it names has signed it.
func ReadNotice(name string, doc []byte) (*Notice, error) {
	var b noticeBody
	s, err := decode(Invitations, doc, &b, &b.head)
	if err != nil {
		return nil, err
	}
	key, err := publicKey(b.Key)
	if err != nil {
		return nil, err
	}
	switch {
	case !isInvitation(b.ID) || name != NoticeName(b.ID):
		err = fmt.Errorf("%w: it is of another invitation", ErrMalformed)
	case b.Until.IsZero() || slices.ContainsFunc(b.Keys, notSecret):
		err = fmt.Errorf("%w: it does not say until when, or which keys", ErrMalformed)
	case len(b.Keys) > MaxKeys:
		err = fmt.Errorf("%w: more than %d keys", ErrTooLarge, MaxKeys)
	}
	if err != nil {
		return nil, fmt.Errorf("notice %.60s: %w", name, err)
	}
	return &Notice{head: b.head, signed: s, ID: b.ID, Key: key, Until: b.Until, Keys: b.Keys}, nil
}

// NoticeName is the name of the notice of an invitation.
func NoticeName(id string) string { return string(Invitations) + "/" + id + ".json" }

func isInvitation(id string) bool { return len(id) == idDigits && isHex(id) }

func notSecret(id string) bool { return len(id) != idDigits || !isHex(id) }
