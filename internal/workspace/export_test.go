package workspace

import "crypto/ed25519"

// KeyOf returns the key with which a workspace signs.
func KeyOf(w *Workspace) ed25519.PrivateKey { return w.key }
