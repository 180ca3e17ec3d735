package app_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bearings/app"
)

func TestWhatNothingNamesIsRemovedWhenItIsQuiet(t *testing.T) {
	dir := t.TempDir()
	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	left := filepath.Join(dir, "blobs", "in-1")
	if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(left, []byte("half a screenshot"), 0o600); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-72 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}

	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		a.Tend(ctx, time.Millisecond)
		close(ended)
	}()
	for {
		if _, err := os.Stat(left); errors.Is(err, fs.ErrNotExist) {
			break
		}
		select {
		case <-time.After(time.Millisecond):
		case <-t.Context().Done():
			t.Fatal("the file is still there")
		}
	}
	stop()
	<-ended
}
