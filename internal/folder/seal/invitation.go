package seal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"

	"bearings/internal/record"
)

// An Invitation is what somebody needs to join: an age file, which six words
// open.
type Invitation struct {
	ID        string
	Workspace string // its identity
	Name      string // of the workspace
	Sealed    bool
	Founder   string            // the device from which all trust comes
	Inviter   ed25519.PublicKey // the key of the device that invites
	Until     time.Time
	Secrets   []EpochSecret // of a sealed workspace, all that the inviter has

	key ed25519.PrivateKey // of this invitation only: signs the joiner's card
}

// An EpochSecret is the secret of an epoch.
type EpochSecret struct {
	Epoch  int
	Secret *Secret
}

// WorkFactor is the base-2 logarithm of how much work trying words takes:
// about a second on a machine of today. It is also the most that is taken on
// to open an invitation.
const WorkFactor = 18

// MaxInvitation is how many bytes the file of an invitation has at most.
const MaxInvitation = 256 << 10

type invitationBody struct {
	Format    int          `json:"f"`
	ID        string       `json:"id"`
	Workspace string       `json:"ws"`
	Name      string       `json:"name"`
	Sealed    bool         `json:"sealed"`
	Founder   string       `json:"founder"`
	Inviter   string       `json:"inviter"`
	Until     time.Time    `json:"until"`
	Key       string       `json:"key"`
	Keys      []secretBody `json:"keys,omitempty"`
}

type secretBody struct {
	Epoch  int    `json:"epoch"`
	Secret string `json:"secret"`
}

// NewInvitation draws what is new about an invitation: its id and its key.
func NewInvitation(i Invitation, random io.Reader) (*Invitation, error) {
	var drawn [8 + ed25519.SeedSize]byte
	if _, err := io.ReadFull(random, drawn[:]); err != nil {
		return nil, fmt.Errorf("draw an invitation: %w", err)
	}
	i.ID = hex.EncodeToString(drawn[:8])
	i.key = ed25519.NewKeyFromSeed(drawn[8:])
	i.Until = i.Until.UTC().Truncate(time.Second)
	return &i, nil
}

// WriteInvitation writes the file of an invitation, and draws its words.
func WriteInvitation(i *Invitation, work int, random io.Reader) (file []byte, words string, err error) {
	if words, err = drawWords(random); err != nil {
		return nil, "", err
	}
	b := invitationBody{
		Format: DocumentFormat, ID: i.ID, Workspace: i.Workspace, Name: i.Name, Sealed: i.Sealed,
		Founder: i.Founder, Inviter: hex.EncodeToString(i.Inviter), Until: i.Until, Key: hex.EncodeToString(i.key.Seed()),
	}
	for _, s := range i.Secrets {
		b.Keys = append(b.Keys, secretBody{s.Epoch, s.Secret.Text()})
	}
	text, err := json.Marshal(b)
	if err != nil {
		return nil, "", fmt.Errorf("write an invitation: %w", err)
	}
	if file, err = lock(text, plainWords(words), work); err != nil {
		return nil, "", fmt.Errorf("write an invitation: %w", err)
	}
	if len(file) > MaxInvitation {
		return nil, "", fmt.Errorf("write an invitation: %w", ErrTooLarge)
	}
	return file, words, nil
}

func lock(text []byte, words string, work int) ([]byte, error) {
	to, err := age.NewScryptRecipient(words)
	if err != nil {
		return nil, err
	}
	to.SetWorkFactor(work)
	var out bytes.Buffer
	armored := armor.NewWriter(&out)
	w, err := age.Encrypt(armored, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := errors.Join(w.Close(), armored.Close()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// ReadInvitation opens the file of an invitation with its words: ErrWords
// where they are others.
func ReadInvitation(file []byte, words string) (*Invitation, error) {
	if len(file) > MaxInvitation {
		return nil, fmt.Errorf("open an invitation: %w: %d bytes, at most %d are allowed", ErrTooLarge, len(file), MaxInvitation)
	}
	file = bytes.TrimSpace(file)
	if !bytes.HasPrefix(file, []byte(armor.Header)) {
		return nil, fmt.Errorf("open an invitation: %w: the file is no invitation", ErrMalformed)
	}
	plain := plainWords(words)
	if err := checkWords(plain); err != nil {
		return nil, fmt.Errorf("open an invitation: %w", err)
	}
	text, err := unlock(file, plain)
	if err != nil {
		return nil, fmt.Errorf("open an invitation: %w", err)
	}
	return parseInvitation(text)
}

func unlock(file []byte, words string) ([]byte, error) {
	identity, err := age.NewScryptIdentity(words)
	if err != nil {
		return nil, err
	}
	identity.SetMaxWorkFactor(WorkFactor)
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(file)), identity)
	if err != nil {
		var wrong *age.NoIdentityMatchError
		if errors.As(err, &wrong) {
			return nil, ErrWords
		}
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	text, err := io.ReadAll(io.LimitReader(r, MaxInvitation))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return text, nil
}

func parseInvitation(text []byte) (*Invitation, error) {
	malformed := fmt.Errorf("open an invitation: %w", ErrMalformed)
	var b invitationBody
	if err := json.Unmarshal(text, &b); err != nil {
		return nil, malformed
	}
	if b.Format > DocumentFormat {
		return nil, fmt.Errorf("open an invitation: %w: format %d", ErrNewer, b.Format)
	}
	inviter, err := publicKey(b.Inviter)
	seed, unreadable := hex.DecodeString(b.Key)
	switch {
	case err != nil || unreadable != nil || len(seed) != ed25519.SeedSize:
		return nil, malformed
	case b.Format != DocumentFormat || !isInvitation(b.ID) || b.Workspace == "" || !isDevice(b.Founder) || b.Until.IsZero() || len(b.Keys) > MaxKeys:
		return nil, malformed
	case b.Sealed != (len(b.Keys) > 0):
		return nil, malformed
	}
	i := &Invitation{
		ID: b.ID, Workspace: b.Workspace, Name: b.Name, Sealed: b.Sealed, Founder: b.Founder, Inviter: inviter,
		Until: b.Until, key: ed25519.NewKeyFromSeed(seed),
	}
	for _, k := range b.Keys {
		s, err := ParseSecret(k.Secret)
		if err != nil || k.Epoch < 1 || k.Epoch > MaxEpoch {
			return nil, malformed
		}
		i.Secrets = append(i.Secrets, EpochSecret{k.Epoch, s})
	}
	return i, nil
}

// InvitedBy names the device that invites.
func (i *Invitation) InvitedBy() string { return record.DeviceID(i.Inviter) }
