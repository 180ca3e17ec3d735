package seal_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"

	"bearings/internal/folder/seal"
)

func TestAnIdentityIsWrittenAsAgeReadsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "scalar")
		identity, err := seal.NewIdentity(bytes.NewReader(drawn))
		if err != nil {
			t.Fatal(err)
		}
		again, err := age.ParseX25519Identity(identity.String())
		if err != nil || again.Recipient().String() != identity.Recipient().String() {
			t.Fatal(err)
		}
	})
}

func TestASecretIsReadAsItWasWritten(t *testing.T) {
	s := secret(t, 1)
	again, err := seal.ParseSecret(s.Text())
	if err != nil || again.ID() != s.ID() || again.BlobName("ab") != s.BlobName("ab") {
		t.Errorf("%v", err)
	}
	if secret(t, 2).ID() == s.ID() || secret(t, 2).BlobName("ab") == s.BlobName("ab") {
		t.Error("another secret is told apart by nothing")
	}
	if _, err := seal.ParseSecret("AGE-SECRET-KEY-1QQ"); !errors.Is(err, seal.ErrMalformed) {
		t.Errorf("got %v", err)
	}
}

func TestAFileOpensByteForByteAndNoByteChangesUnnoticed(t *testing.T) {
	s := secret(t, 1)
	rapid.Check(t, func(t *rapid.T) {
		plain := bytes.Repeat(rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "bytes"), rapid.SampledFrom([]int{1, 3000}).Draw(t, "times"))
		r, err := s.SealBlob(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := openBlob(s, sealed); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes: %v", len(plain), err)
		}
		at := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		changed := bytes.Clone(sealed)
		changed[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := openBlob(s, changed); err == nil {
			t.Fatalf("byte %d of %d changed unnoticed", at, len(sealed))
		}
		if _, err := openBlob(s, sealed[:at]); err == nil {
			t.Fatalf("cut at %d of %d unnoticed", at, len(sealed))
		}
		if _, err := openBlob(secret(t, 2), sealed); !errors.Is(err, seal.ErrOpen) {
			t.Fatalf("with another key: %v", err)
		}
	})
}

func openBlob(s *seal.Secret, sealed []byte) ([]byte, error) {
	r, err := seal.OpenBlob(bytes.NewReader(sealed), s)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func TestATextOpensInItsPlaceOnly(t *testing.T) {
	s := secret(t, 1)
	sealed, err := s.SealText("Ana", "here", chance(2))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.OpenText(sealed, "here"); err != nil || got != "Ana" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := s.OpenText(sealed, "there"); !errors.Is(err, seal.ErrOpen) {
		t.Errorf("elsewhere: %v", err)
	}
	if _, err := secret(t, 2).OpenText(sealed, "here"); !errors.Is(err, seal.ErrOpen) {
		t.Errorf("with another key: %v", err)
	}
}
