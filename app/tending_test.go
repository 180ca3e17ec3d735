package app_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bearings/app"
	"bearings/internal/workspace"
)

func TestWhatNothingNamesIsRemovedWhenItIsQuiet(t *testing.T) {
	dir := t.TempDir()
	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	ws := must(workspace.Open(dir, workspace.Options{}))
	sum, _, err := ws.PutBlob(strings.NewReader("a screenshot that was never named"))
	if err != nil {
		t.Fatal(err)
	}
	if err := ws.Close(); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, "blobs", sum[:2], sum)
	long := now.Add(-72 * time.Hour)
	if err := os.Chtimes(left, long, long); err != nil {
		t.Fatal(err)
	}

	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		a.Tend(ctx, time.Millisecond)
		close(ended)
	}()
	tooLong := time.After(time.Minute)
	for {
		if _, err := os.Stat(left); errors.Is(err, fs.ErrNotExist) {
			break
		}
		select {
		case <-time.After(time.Millisecond):
		case <-tooLong:
			t.Fatal("the file is still there")
		}
	}
	stop()
	<-ended
}
