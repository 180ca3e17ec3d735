package evidence_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/internal/evidence"
)

// tree makes files below a new folder.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range names {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestAFolderGivesItsPlainFilesInOrder(t *testing.T) {
	root := tree(t, "in/b.png", "in/a.png", "in/deep/c.png", "in/.hidden", "in/.git/config", "secret.txt", "empty/.keep")
	for link, to := range map[string]string{"in/out": "../secret.txt", "in/up": ".."} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(root, name) }
	files, left := evidence.Gather([]string{at("secret.txt"), at("in"), at("empty"), at("nobody")})
	want := []string{at("secret.txt"), at("in/a.png"), at("in/b.png"), at("in/deep/c.png"), at("nobody")}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	wantLeft := []evidence.Left{
		{Name: "in", Why: "2 links in it were not followed"},
		{Name: "empty", Why: "there are only hidden files in it"},
	}
	if diff := cmp.Diff(wantLeft, left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
}

func TestSoManyFilesAreTakenAtOnce(t *testing.T) {
	var names []string
	for n := range evidence.MostFiles + 7 {
		names = append(names, fmt.Sprintf("%04d", n))
	}
	deep := "1/2/3/4/5/6/7/8/9/far"
	files, left := evidence.Gather([]string{tree(t, names...), tree(t, deep)})
	if len(files) != evidence.MostFiles {
		t.Errorf("%d files", len(files))
	}
	want := []evidence.Left{
		{Name: "9", Why: "it lies too deep in folders"},
		{Name: "002", Why: "there is no file in it"},
		{Name: "7 more", Why: "only 500 files are taken at once"},
	}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("left (-want +got):\n%s", diff)
	}
}
