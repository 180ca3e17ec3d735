package workspace

import (
	"path/filepath"
	"testing"
)

func TestEveryWriteIsSyncedAndEveryReferenceChecked(t *testing.T) {
	w, err := Open(filepath.Join(t.TempDir(), "ws"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1", "fullfsync": "1"} {
		var got string
		if err := w.writer.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
	if _, err := w.db.Exec("DELETE FROM batches"); err == nil {
		t.Error("a connection that reads can write")
	}
}
