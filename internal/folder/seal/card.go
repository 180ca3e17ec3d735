package seal

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"unicode/utf8"

	"filippo.io/age"

	"bearings/internal/record"
)

// A Card is how a device introduces itself to the others, once.
type Card struct {
	head
	signed

	Device     string            // its name, which follows from Key
	Key        ed25519.PublicKey // verifies what it signs
	Recipient  string            // its age recipient, to which keys are given; empty in a plain workspace
	Machine    string            // what the machine is called; everybody can read it
	Invitation string            // by which it joined; empty for a founder, and for who joined a plain workspace without one

	person, who, secret string
	proof               []byte
}

// The longest names that a card may have, in bytes.
const maxName = 200

type cardBody struct {
	head
	Key        string `json:"key"`
	Recipient  string `json:"age,omitempty"`
	Machine    string `json:"machine"`
	Person     string `json:"person,omitempty"` // in a plain workspace
	Who        string `json:"who,omitempty"`    // the person, in a sealed one
	Secret     string `json:"k,omitempty"`      // the id of the secret that who is sealed with
	Invitation string `json:"invitation,omitempty"`
	Proof      string `json:"proof,omitempty"` // by the key of the invitation
}

// NewCard says what a card is to say.
type NewCard struct {
	Workspace string
	Recipient *age.X25519Recipient
	Machine   string
	Person    string
	Secret    *Secret     // seals the person; nil in a plain workspace
	Opened    *Invitation // by which it joins; nil for none
}

// WriteCard writes and signs the card of the device of a key. It returns the
// name of the document too.
func WriteCard(n NewCard, h Moment, key ed25519.PrivateKey) (name string, doc []byte, err error) {
	device := Device(key)
	b := cardBody{
		head:    newHead(Cards, n.Workspace, device, h.Now),
		Key:     hex.EncodeToString(key.Public().(ed25519.PublicKey)),
		Machine: cutName(n.Machine),
	}
	if n.Recipient != nil {
		b.Recipient = n.Recipient.String()
	}
	if n.Secret == nil {
		b.Person = cutName(n.Person)
	} else {
		b.Secret = n.Secret.ID()
		if b.Who, err = n.Secret.SealText(cutName(n.Person), cardContext(device), h.Random); err != nil {
			return "", nil, err
		}
	}
	if n.Opened != nil {
		b.Invitation = n.Opened.ID
		b.Proof = hex.EncodeToString(ed25519.Sign(n.Opened.key, b.proven()))
	}
	doc, err = encode(Cards, b, key)
	return CardName(device), doc, err
}

// ReadCard reads a card that stands under a name, and checks that it is signed
// by the device that it introduces.
func ReadCard(name string, doc []byte) (*Card, error) {
	var b cardBody
	s, err := decode(Cards, doc, &b, &b.head)
	if err != nil {
		return nil, err
	}
	key, err := publicKey(b.Key)
	if err != nil {
		return nil, err
	}
	c := &Card{
		head: b.head, signed: s, Device: record.DeviceID(key), Key: key,
		Recipient: b.Recipient, Machine: b.Machine, Invitation: b.Invitation,
		person: b.Person, who: b.Who, secret: b.Secret,
	}
	if err := c.check(name, &b); err != nil {
		return nil, fmt.Errorf("card %.60s: %w", name, err)
	}
	return c, c.Verify(key)
}

func (c *Card) check(name string, b *cardBody) error {
	if name != CardName(c.Device) || c.By != c.Device {
		return fmt.Errorf("%w: it introduces another device", ErrMalformed)
	}
	if len(c.Machine) > maxName || len(c.person) > maxName || len(c.who) > 2*maxName+100 {
		return fmt.Errorf("%w: a name of it", ErrTooLarge)
	}
	if c.Recipient != "" {
		if _, err := age.ParseX25519Recipient(c.Recipient); err != nil {
			return fmt.Errorf("%w: its recipient", ErrMalformed)
		}
	}
	if c.Invitation == "" {
		return nil
	}
	var err error
	if c.proof, err = hex.DecodeString(b.Proof); err != nil || len(c.proof) != ed25519.SignatureSize || !isInvitation(c.Invitation) {
		return fmt.Errorf("%w: it does not prove that it was invited", ErrMalformed)
	}
	return nil
}

// Invited checks that whoever wrote the card had the invitation.
func (c *Card) Invited(i *Notice) error {
	b := cardBody{head: c.head, Key: hex.EncodeToString(c.Key), Recipient: c.Recipient, Invitation: c.Invitation}
	if c.Invitation != i.ID || c.Workspace != i.Workspace || !ed25519.Verify(i.Key, b.proven(), c.proof) {
		return fmt.Errorf("card of device %s: %w: it was not invited by %s", c.Device, ErrSignature, i.ID)
	}
	return nil
}

// proven is what the key of an invitation signs on a card.
func (b *cardBody) proven() []byte {
	return []byte("bearings invited 1\n" + b.Workspace + "\n" + b.Invitation + "\n" + b.Key + "\n" + b.Recipient + "\n")
}

// Person is who sits before the device, as they said. In a sealed workspace
// secret returns the key of that id, and may return nil.
func (c *Card) Person(secret func(id string) *Secret) string {
	if c.who == "" {
		return c.person
	}
	s := secret(c.secret)
	if s == nil {
		return ""
	}
	person, err := s.OpenText(c.who, cardContext(c.Device))
	if err != nil || len(person) > maxName || !utf8.ValidString(person) {
		return ""
	}
	return person
}

// cardContext is where the sealed name of a person opens.
func cardContext(device string) string { return "person\n" + device }

// CardName is the name of the card of a device.
func CardName(device string) string { return string(Cards) + "/" + device + ".json" }

// cutName shortens a name to what a card takes, between two characters.
func cutName(name string) string {
	if len(name) <= maxName {
		return name
	}
	name = name[:maxName]
	for !utf8.ValidString(name) {
		name = name[:len(name)-1]
	}
	return name
}
