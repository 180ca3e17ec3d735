package seal

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"filippo.io/age"
)

// A Key gives the secret of an epoch to members: it is an age file to their
// recipients.
type Key struct {
	head
	signed

	Name  string // of the document
	Epoch int
	ID    string   // of the secret
	For   []string // the devices that can open it
	box   []byte
}

// What a key document may say at most.
const (
	MaxEpoch  = 1 << 20
	MaxFor    = 150
	maxSecret = 1 << 10 // bytes of a secret that is written down
)

type keyBody struct {
	head
	Epoch int      `json:"epoch"`
	ID    string   `json:"id"`
	For   []string `json:"for"`
	Box   []byte   `json:"box"`
}

// WriteKeys writes and signs what gives a secret to the devices of cards: one
// document, or several where they are many.
func WriteKeys(workspace string, epoch int, s *Secret, to []*Card, made time.Time, key ed25519.PrivateKey) (map[string][]byte, error) {
	docs := map[string][]byte{}
	for _, some := range slices.Collect(slices.Chunk(to, MaxFor)) {
		b := keyBody{head: newHead(Keys, workspace, Device(key), made), Epoch: epoch, ID: s.ID()}
		var err error
		if b.Box, err = box(s, some); err != nil {
			return nil, err
		}
		for _, c := range some {
			b.For = append(b.For, c.Device)
		}
		doc, err := encode(Keys, b, key)
		if err != nil {
			return nil, err
		}
		docs[nameOf(Keys, strconv.Itoa(epoch), doc)] = doc
	}
	return docs, nil
}

func box(s *Secret, to []*Card) ([]byte, error) {
	var recipients []age.Recipient
	for _, c := range to {
		r, err := age.ParseX25519Recipient(c.Recipient)
		if err != nil {
			return nil, fmt.Errorf("give a key to device %s: %w", c.Device, err)
		}
		recipients = append(recipients, r)
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipients...)
	if err != nil {
		return nil, fmt.Errorf("give a key: %w", err)
	}
	if _, err := io.WriteString(w, s.Text()); err != nil {
		return nil, fmt.Errorf("give a key: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("give a key: %w", err)
	}
	return out.Bytes(), nil
}

// ReadKey reads a key document that stands under a name. Verify says whether
// the device that it names has signed it.
func ReadKey(name string, doc []byte) (*Key, error) {
	var b keyBody
	s, err := decode(Keys, doc, &b, &b.head)
	if err != nil {
		return nil, err
	}
	switch {
	case b.Epoch < 1 || b.Epoch > MaxEpoch || notSecret(b.ID) || name != nameOf(Keys, strconv.Itoa(b.Epoch), doc):
		err = fmt.Errorf("%w: it is another key", ErrMalformed)
	case len(b.For) > MaxFor:
		err = fmt.Errorf("%w: more than %d devices", ErrTooLarge, MaxFor)
	case len(b.For) == 0 || slices.ContainsFunc(b.For, func(d string) bool { return !isDevice(d) }):
		err = fmt.Errorf("%w: it does not say for whom", ErrMalformed)
	}
	if err != nil {
		return nil, fmt.Errorf("key %.60s: %w", name, err)
	}
	return &Key{head: b.head, signed: s, Name: name, Epoch: b.Epoch, ID: b.ID, For: b.For, box: b.Box}, nil
}

// Open returns the secret, for a device that it was given to.
func (k *Key) Open(identity *age.X25519Identity) (*Secret, error) {
	r, err := age.Decrypt(bytes.NewReader(k.box), identity)
	if err != nil {
		return nil, fmt.Errorf("open key %s: %w: %w", k.ID, ErrOpen, err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxSecret))
	if err != nil {
		return nil, fmt.Errorf("open key %s: %w: %w", k.ID, ErrOpen, err)
	}
	s, err := ParseSecret(string(text))
	if err != nil {
		return nil, err
	}
	if s.ID() != k.ID {
		return nil, fmt.Errorf("open key %s: %w: it is another", k.ID, ErrMalformed)
	}
	return s, nil
}
