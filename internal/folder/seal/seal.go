// Package seal says who may read and who may write in a shared workspace: the
// cards, invitations, removals and keys that members sign, and the sealing of
// lines and files under a key that only members have. Bytes come in and bytes
// go out; it touches no file, no clock and no network. What belongs together
// of these documents is decided in internal/folder.
//
// Nothing here is of our own making but the arrangement: files are age files,
// lines are sealed by XChaCha20-Poly1305, documents are signed by Ed25519, and
// keys are derived by HKDF-SHA256.
package seal

import "errors"

// What can be wrong. Errors of this package wrap one of these.
var (
	ErrMalformed = errors.New("it is not what it should be")
	ErrTooLarge  = errors.New("it is too large")
	ErrNewer     = errors.New("it is in a format that this version does not know")
	ErrSignature = errors.New("its signature does not match")
	ErrOpen      = errors.New("it was changed, or is sealed with another key")
	ErrWords     = errors.New("these are not its words")
)
