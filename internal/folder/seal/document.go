package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// A document is one JSON object that a device has signed,
//
//	{"d":{body},"s":"<ed25519 of the kind and of the body's bytes>"}
//
// and is read as it was written: the signature covers the bytes of the body.
// A name that anybody else could give to it would say nothing, so it follows
// from what the document says.

// DocumentFormat is the format of the documents that this program writes, and
// the newest that it reads.
const DocumentFormat = 1

// A Kind is a kind of document: the folder in which it lies.
type Kind string

// The kinds of documents.
const (
	Cards       Kind = "members"
	Invitations Kind = "invitations"
	Removals    Kind = "removals"
	Keys        Kind = "keys"
)

// KindOf returns the kind of a document by its name, "" for none of these.
func KindOf(name string) Kind {
	folder, _, _ := strings.Cut(name, "/")
	switch k := Kind(folder); k {
	case Cards, Invitations, Removals, Keys:
		return k
	default:
		return ""
	}
}

// A Moment is what comes in from outside: the time, and randomness.
type Moment struct {
	Now    time.Time
	Random io.Reader
}

// A head begins the body of every document.
type head struct {
	Format    int       `json:"f"`
	Kind      Kind      `json:"kind"`
	Workspace string    `json:"ws"`
	By        string    `json:"by"`   // the device that signs
	Made      time.Time `json:"made"` // by its clock
}

func newHead(k Kind, workspace, by string, made time.Time) head {
	return head{Format: DocumentFormat, Kind: k, Workspace: workspace, By: by, Made: made.UTC().Truncate(time.Second)}
}

// signed is what a document was read from.
type signed struct {
	kind      Kind
	body      []byte
	signature [ed25519.SignatureSize]byte
}

// Verify checks that a device signed the document. That the document says the
// same device is checked by who reads it.
func (s *signed) Verify(device ed25519.PublicKey) error {
	if len(device) != ed25519.PublicKeySize || !ed25519.Verify(device, toSign(s.kind, s.body), s.signature[:]) {
		return fmt.Errorf("a document of %s: %w", s.kind, ErrSignature)
	}
	return nil
}

// toSign is what the signature of a document signs. It begins as nothing does
// that a device signs elsewhere: the header of a batch begins with a brace.
func toSign(k Kind, body []byte) []byte {
	return append([]byte("bearings document 1 "+string(k)+"\n"), body...)
}

// encode writes a document.
func encode(k Kind, body any, key ed25519.PrivateKey) ([]byte, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("write a document of %s: %w", k, err)
	}
	out := append([]byte(`{"d":`), text...)
	out = append(out, `,"s":"`...)
	out = hex.AppendEncode(out, ed25519.Sign(key, toSign(k, text)))
	out = append(out, "\"}\n"...)
	if len(out) > carrier.MaxDocument {
		return nil, fmt.Errorf("write a document of %s: %w: %d bytes", k, ErrTooLarge, len(out))
	}
	return out, nil
}

// decode reads a document into body, whose head is h.
func decode(k Kind, doc []byte, body any, h *head) (signed, error) {
	s := signed{kind: k}
	if err := s.cut(doc); err != nil {
		return signed{}, fmt.Errorf("a document of %s: %w", k, err)
	}
	// What a newer version writes may be anything but its head.
	if err := json.Unmarshal(s.body, h); err == nil && h.Format > DocumentFormat {
		return signed{}, fmt.Errorf("a document of %s: %w: format %d", k, ErrNewer, h.Format)
	}
	if err := json.Unmarshal(s.body, body); err != nil {
		return signed{}, fmt.Errorf("a document of %s: %w", k, ErrMalformed)
	}
	if h.Format != DocumentFormat || h.Kind != k || h.Workspace == "" || !isDevice(h.By) || h.Made.IsZero() {
		return signed{}, fmt.Errorf("a document of %s: %w: its head says something else", k, ErrMalformed)
	}
	return s, nil
}

func (s *signed) cut(doc []byte) error {
	if len(doc) > carrier.MaxDocument {
		return fmt.Errorf("%w: %d bytes, at most %d are allowed", ErrTooLarge, len(doc), carrier.MaxDocument)
	}
	rest, opens := bytes.CutPrefix(doc, []byte(`{"d":`))
	rest, closes := bytes.CutSuffix(rest, []byte("\"}\n"))
	at := len(rest) - hex.EncodedLen(len(s.signature))
	if !opens || !closes || at < 0 || !isHex(rest[at:]) {
		return ErrMalformed
	}
	if _, err := hex.Decode(s.signature[:], rest[at:]); err != nil {
		return ErrMalformed
	}
	var ok bool
	if s.body, ok = bytes.CutSuffix(rest[:at], []byte(`,"s":"`)); !ok {
		return ErrMalformed
	}
	return nil
}

// isDevice reports whether a text can name a device.
func isDevice(id string) bool { return len(id) == 32 && isHex(id) }

// nameOf names a document by what it says.
func nameOf(k Kind, about string, doc []byte) string {
	sum := sha256.Sum256(doc)
	return string(k) + "/" + about + "-" + hex.EncodeToString(sum[:8]) + ".json"
}

// publicKey reads a key of Ed25519 that is written in hex.
func publicKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize || !isHex(text) {
		return nil, fmt.Errorf("%w: no key of a device", ErrMalformed)
	}
	return key, nil
}

// Device names the device of a key, as the headers of batches do.
func Device(key ed25519.PrivateKey) string {
	return record.DeviceID(key.Public().(ed25519.PublicKey))
}

// IsNewer reports whether something could not be read because a newer version
// wrote it.
func IsNewer(err error) bool { return errors.Is(err, ErrNewer) || errors.Is(err, record.ErrFormat) }
