package folder

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/zalando/go-keyring"

	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// What opens the keys of a sealed workspace is this machine's identity. It is
// kept in the keyring of the desktop where that works when it is made, else in
// a file that only its owner can read; which it was stands in that file. It is
// made once: a keyring that cannot be reached, as over ssh or from cron, is an
// error, and never a reason to make another one.

const (
	sealingFile    = "sealing.key"
	keyringService = "Bearings"
	inKeyring      = "in the keyring as "
)

// keyringPatience is how long a keyring may take, which may have to ask a
// person first.
const keyringPatience = 10 * time.Second

// CodeNoKeyring is the code of an error that says that the keyring, which has
// this machine's identity, cannot be reached from here.
const CodeNoKeyring = "no_keyring"

// ownIdentity returns this machine's identity, and makes it where there is
// none.
func ownIdentity(w *workspace.Workspace, random io.Reader) (*age.X25519Identity, error) {
	text, err := w.Secret(sealingFile, func() ([]byte, error) { return makeIdentity(random) })
	if err != nil {
		return nil, err
	}
	kept := strings.TrimSpace(string(text))
	if account, ok := strings.CutPrefix(kept, inKeyring); ok {
		if kept, err = fromKeyring(account); err != nil {
			return nil, err
		}
	}
	identity, err := age.ParseX25519Identity(kept)
	if err != nil {
		return nil, &workspace.Error{
			Code:    workspace.CodeDamaged,
			Message: "what opens the keys of the shared workspace cannot be read",
			Hint:    "Put " + sealingFile + " back from a backup; else move device.key and " + sealingFile + " away and join again with a new invitation. What is here stays.",
		}
	}
	return identity, nil
}

// makeIdentity draws an identity, keeps it, and returns what the file is to
// say. The account in the keyring is new each time, so that nothing that is
// there is ever written over.
func makeIdentity(random io.Reader) ([]byte, error) {
	identity, err := seal.NewIdentity(random)
	if err != nil {
		return nil, err
	}
	account := identity.Recipient().String()
	if toKeyring(account, identity.String()) == nil {
		return []byte(inKeyring + account + "\n"), nil
	}
	return []byte(identity.String() + "\n"), nil
}

// toKeyring keeps a secret in the keyring, and makes sure that it is there.
func toKeyring(account, secret string) error {
	_, err := patiently(func() (string, error) {
		if err := keyring.Set(keyringService, account, secret); err != nil {
			return "", err
		}
		back, err := keyring.Get(keyringService, account)
		if err == nil && back != secret {
			err = errors.New("it gives back something else")
		}
		return "", err
	})
	return err
}

func fromKeyring(account string) (string, error) {
	secret, err := patiently(func() (string, error) { return keyring.Get(keyringService, account) })
	switch {
	case err == nil:
		return secret, nil
	case errors.Is(err, keyring.ErrNotFound):
		return "", &workspace.Error{
			Code:    CodeNoKeyring,
			Message: "what opens the keys of the shared workspace is not in this machine's keyring any more",
			Hint:    "Unlock or restore the keyring. If it is gone, move device.key and " + sealingFile + " away and join again with a new invitation. What is here stays.",
		}
	default:
		return "", &workspace.Error{
			Code:    CodeNoKeyring,
			Message: fmt.Sprintf("what opens the keys of the shared workspace is in this machine's keyring, which cannot be reached from here (%v)", err),
			Hint:    "Nothing is lost, and what you record is saved. It is shared as soon as Bearings runs where you are logged in to the desktop.",
		}
	}
}

// patiently waits for a keyring, but not for ever.
func patiently(ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	answered := make(chan answer, 1)
	go func() {
		text, err := ask()
		answered <- answer{text, err}
	}()
	select {
	case a := <-answered:
		return a.text, a.err
	case <-time.After(keyringPatience):
		return "", errors.New("it does not answer")
	}
}
