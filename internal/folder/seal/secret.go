package seal

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"
)

// A Secret is the key of an epoch: whoever has it reads what was sealed with
// it. Written down it is an age identity.
type Secret struct {
	id       string
	identity *age.X25519Identity
	elements cipher.AEAD // seals records, and short texts
	names    []byte      // keys the names of files
}

// What the keys that follow from a secret are for. A key for one thing is
// never the key for another.
const (
	forID       = "bearings epoch id 1"
	forElements = "bearings records 1"
	forNames    = "bearings file names 1"
)

// NewSecret draws a secret.
func NewSecret(random io.Reader) (*Secret, error) {
	identity, err := NewIdentity(random)
	if err != nil {
		return nil, err
	}
	return ParseSecret(identity.String())
}

// ParseSecret reads a secret that was written down by Text.
func ParseSecret(text string) (*Secret, error) {
	identity, err := age.ParseX25519Identity(text)
	if err != nil {
		return nil, fmt.Errorf("read a key: %w", ErrMalformed) // the cause would say a part of it
	}
	s := &Secret{identity: identity}
	id, err := s.derive(forID, 8)
	if err != nil {
		return nil, err
	}
	s.id = hex.EncodeToString(id)
	if s.names, err = s.derive(forNames, sha256.Size); err != nil {
		return nil, err
	}
	key, err := s.derive(forElements, chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	s.elements, err = chacha20poly1305.NewX(key)
	return s, err
}

func (s *Secret) derive(use string, size int) ([]byte, error) {
	return hkdf.Key(sha256.New, []byte(s.identity.String()), nil, use, size)
}

// ID names the secret without telling it: 16 hex digits.
func (s *Secret) ID() string { return s.id }

// Text writes the secret down.
func (s *Secret) Text() string { return s.identity.String() }

// BlobName is the name under which the file of a SHA-256 in hex lies when it
// is sealed with this secret. Whoever has no key cannot tell from the name
// whether a file that they know is there.
func (s *Secret) BlobName(sum string) string {
	mac := hmac.New(sha256.New, s.names)
	mac.Write([]byte(sum))
	return hex.EncodeToString(mac.Sum(nil))
}

// SealBlob returns what r gives as an age file, as it is read.
func (s *Secret) SealBlob(r io.Reader) (io.Reader, error) {
	return age.EncryptReader(r, s.identity.Recipient())
}

// OpenBlob returns what SealBlob sealed with one of some secrets. A part that
// was changed or is missing is an error when the reader comes to it.
func OpenBlob(r io.Reader, secrets ...*Secret) (io.Reader, error) {
	if len(secrets) == 0 {
		return nil, fmt.Errorf("open a file: %w", ErrOpen)
	}
	var identities []age.Identity
	for _, s := range secrets {
		identities = append(identities, s.identity)
	}
	plain, err := age.Decrypt(r, identities...)
	if err != nil {
		return nil, fmt.Errorf("open a file: %w: %w", ErrOpen, err)
	}
	return plain, nil
}

// SealText seals a short text, for one place only: it opens under the same
// context again, and nowhere else.
func (s *Secret) SealText(text, context string, random io.Reader) (string, error) {
	sealed, err := s.seal(nil, []byte(text), []byte(forText+context), random)
	return string(sealed), err
}

// OpenText returns a text that SealText sealed.
func (s *Secret) OpenText(sealed, context string) (string, error) {
	text, err := s.open([]byte(sealed), []byte(forText+context))
	return string(text), err
}

// forText begins what a text is bound to. No batch's hash begins like it: that
// would be chance in 2^-128.
const forText = "bearings text 1\n"

// encoding writes what is sealed. It is strict, so that there is one way to
// write it.
var encoding = base64.StdEncoding.Strict()

// seal appends nonce and ciphertext of plain, in base64. A nonce of 192 random
// bits is not drawn twice.
func (s *Secret) seal(dst, plain, bound []byte, random io.Reader) ([]byte, error) {
	sealed := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(plain)+chacha20poly1305.Overhead)
	if _, err := io.ReadFull(random, sealed); err != nil {
		return nil, fmt.Errorf("seal: draw a nonce: %w", err)
	}
	sealed = s.elements.Seal(sealed, sealed[:chacha20poly1305.NonceSizeX], plain, bound)
	return encoding.AppendEncode(dst, sealed), nil
}

// open returns what seal sealed for the same place.
func (s *Secret) open(sealed, bound []byte) ([]byte, error) {
	for _, c := range sealed { // which the decoder would pass over
		if c == '\r' || c == '\n' {
			return nil, fmt.Errorf("open: %w: a line break in it", ErrMalformed)
		}
	}
	raw, err := encoding.AppendDecode(make([]byte, 0, encoding.DecodedLen(len(sealed))), sealed)
	if err != nil || len(raw) < chacha20poly1305.NonceSizeX+chacha20poly1305.Overhead {
		return nil, fmt.Errorf("open: %w: it is no sealed text", ErrMalformed)
	}
	nonce, text := raw[:chacha20poly1305.NonceSizeX], raw[chacha20poly1305.NonceSizeX:]
	plain, err := s.elements.Open(text[:0], nonce, text, bound)
	if err != nil {
		return nil, fmt.Errorf("open: %w", ErrOpen)
	}
	return plain, nil
}

// NewIdentity draws an age identity: of a secret, or of a device, which is
// what keys are given to.
func NewIdentity(random io.Reader) (*age.X25519Identity, error) {
	var scalar [32]byte
	if _, err := io.ReadFull(random, scalar[:]); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	if _, err := ecdh.X25519().NewPrivateKey(scalar[:]); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	return age.ParseX25519Identity(writeIdentity(scalar[:]))
}
