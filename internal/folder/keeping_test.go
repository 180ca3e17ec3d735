package folder

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"bearings/internal/workspace"
)

func keepingIn(t *testing.T) (*workspace.Workspace, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ws")
	w, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	t.Cleanup(func() { keyring.MockInitWithError(errors.New("no keyring in tests")) })
	return w, filepath.Join(dir, sealingFile)
}

func mustIdentity(t *testing.T, w *workspace.Workspace) string {
	t.Helper()
	identity, err := ownIdentity(w, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return identity.String()
}

func TestTheIdentityIsInTheKeyringWhereThatWorks(t *testing.T) {
	keyring.MockInit()
	w, path := keepingIn(t)
	identity := mustIdentity(t, w)
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), "SECRET") || !strings.HasPrefix(string(text), inKeyring) {
		t.Errorf("the file says %q, %v", text, err)
	}
	if mustIdentity(t, w) != identity {
		t.Error("it is another one the second time")
	}
}

func TestTheIdentityIsInAFileOfItsOwnerWhereThereIsNoKeyring(t *testing.T) {
	keyring.MockInitWithError(errors.New("no keyring here"))
	w, path := keepingIn(t)
	identity := mustIdentity(t, w)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	keyring.MockInit() // one that works now changes nothing
	if mustIdentity(t, w) != identity {
		t.Error("it is another one where there is a keyring")
	}
}

// Over ssh, or from cron.
func TestAKeyringThatCannotBeReachedLosesNothing(t *testing.T) {
	keyring.MockInit()
	w, path := keepingIn(t)
	mustIdentity(t, w)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, trouble := range []error{errors.New("cannot connect to the session bus"), keyring.ErrNotFound} {
		keyring.MockInitWithError(trouble)
		_, err = ownIdentity(w, rand.Reader)
		var typed *workspace.Error
		if !errors.As(err, &typed) || typed.Code != CodeNoKeyring || typed.Hint == "" {
			t.Errorf("%v: got %v", trouble, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(before) {
			t.Errorf("%v: the file says %q, %v", trouble, after, err)
		}
	}
}

func TestAnIdentityThatCannotBeReadIsNotReplaced(t *testing.T) {
	w, path := keepingIn(t)
	if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := ownIdentity(w, rand.Reader)
	var typed *workspace.Error
	if !errors.As(err, &typed) || typed.Code != workspace.CodeDamaged {
		t.Errorf("got %v", err)
	}
	if text, _ := os.ReadFile(path); string(text) != "damaged" {
		t.Errorf("the file says %q", text)
	}
}
