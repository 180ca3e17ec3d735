package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// filled is a sealed folder with lines, a file of evidence, and two members.
func filled(t *testing.T) (p place, ana newcomer, m *membership, sum string) {
	t.Helper()
	p = newPlace(t)
	ana, m = p.founded(true)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	i, err := m.invite("Payments", InviteOptions{}, quickWork)
	must(err)
	n := p.newcomer("bea-laptop")
	_, err = n.join(t.Context(), p.carrier(), JoinOptions{Folder: p.dir, Person: "Bea", Invitation: i.File, Words: i.Words})
	must(err)
	must(m.exchange(t.Context(), p.carrier()))
	content := bytes.Repeat([]byte("log line\n"), 9000)
	sum, _, err = ana.w.PutBlob(bytes.NewReader(content))
	must(err)
	incident := ""
	for _, line := range []string{
		`{"at":"2026-11-24T02:13:00Z","by":"Ana","do":"incident.declare","title":"Payments fail"}`,
		`{"at":"2026-11-24T02:14:00Z","by":"Ana","do":"note.add","text":"one"}`,
		`{"at":"2026-11-24T02:15:00Z","by":"Ana","do":"evidence.add","kind":"log","title":"Log","sha256":"` + sum + `"}`,
		`{"at":"2026-11-24T02:16:00Z","by":"Ana","do":"note.add","text":"two"}`,
	} {
		r, err := record.DecodeLine([]byte(line))
		must(err)
		kept, err := ana.w.Record(incident, r)
		must(err)
		incident = kept[0].Incident
	}
	c, codec := p.carrier(), m.codec()
	lines, err := ana.w.Lines(0, 100)
	must(err)
	var sealedLines [][]byte
	for _, l := range lines {
		s, err := codec.Seal(l.Bytes)
		must(err)
		sealedLines = append(sealedLines, s)
	}
	must(c.Publish(t.Context(), lines[0].Run, lines[0].Number, sealedLines))
	name, sealed, err := codec.SealBlob(sum, bytes.NewReader(content))
	must(err)
	must(c.PutBlob(t.Context(), name, sealed))
	return p, ana, m, sum
}

func (p place) report(m *membership) FolderReport {
	p.t.Helper()
	l := &link{Folder: p.dir, Founder: m.founder, Sealed: m.sealed}
	r, err := m.inspect(p.t.Context(), p.carrier(), l, nil)
	if err != nil && !errors.Is(err, carrier.ErrNoMarker) && !errors.Is(err, carrier.ErrNewer) && !errors.Is(err, carrier.ErrFounded) {
		p.t.Logf("%v", err)
	}
	if err != nil {
		r.Faults = append(r.Faults, Fault{Where: "bearings.json", What: err.Error()})
	}
	return r
}

func TestAFolderThatNobodyTouchedIsClean(t *testing.T) {
	p, _, m, _ := filled(t)
	r := p.report(m)
	if !r.Clean() || r.Batches != 4 || r.Records != 4 || r.Files != 1 || r.Documents < 5 || r.Lacking != 0 || r.Missing != 0 || r.Twice != 0 {
		t.Errorf("%+v", r)
	}
}

// files are the files of a place, by their path in it.
func (p place) files() map[string][]byte {
	p.t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(p.dir, path)
		if err == nil {
			all[filepath.ToSlash(name)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

func (p place) write(name string, data []byte) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, filepath.FromSlash(name)), data, 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// told reports whether a report says that something is wrong, or lacking.
func told(r FolderReport) bool { return !r.Clean() || r.Lacking > 0 || r.Missing > 0 || r.Twice > 0 }

// Whatever somebody changes who has the folder and no key is said, by the file
// or the line that it is in, and the rest of the folder is read as before.
func TestEveryChangeToASealedFolderIsToldAndHarmsNothingElse(t *testing.T) {
	p, ana, m, _ := filled(t)
	before := p.files()
	tried := 0
	for name, data := range before {
		if name == "README.txt" {
			continue // it is for people, and nothing reads it
		}
		step := max(1, len(data)/23)
		for at := 0; at < len(data); at += step {
			changed := bytes.Clone(data)
			changed[at] ^= 1 << (at % 8)
			if harmless(name, data, changed) {
				continue
			}
			tried++
			p.write(name, changed)
			r := p.report(m)
			if !told(r) {
				t.Errorf("%s: byte %d changed from %q to %q: not told", name, at, data[at], changed[at])
			}
			if folderOf(name) != "bearings.json" {
				unharmed(t, name, r)
			}
			p.write(name, data)
		}
		for _, keep := range []int{0, len(data) / 3, len(data) - 2} {
			tried++
			p.write(name, data[:keep])
			r := p.report(m)
			if !told(r) {
				t.Errorf("%s: cut to %d of %d bytes: not told", name, keep, len(data))
			}
			if torn := keep > 0; torn && !names(r, name) {
				t.Errorf("%s: cut to %d of %d bytes: not named: %+v", name, keep, len(data), r)
			}
			p.write(name, data)
		}
	}
	if tried < 200 {
		t.Errorf("only %d changes were tried", tried)
	}
	if r := p.report(m); !r.Clean() {
		t.Errorf("at the end: %+v", r)
	}
	if _, err := ana.w.Check(t.Context(), func(int, int) {}); err != nil {
		t.Error(err)
	}
}

// names reports whether a report names a file.
func names(r FolderReport, name string) bool {
	return slices.ContainsFunc(append(slices.Clone(r.Faults), r.Notes...), func(f Fault) bool { return f.Where == name })
}

// What was cut away at the end of a line leaves no trace in the folder but that
// it is gone, and bytes after the last line are no line.
func TestWhatWasCutAwayOrAddedIsNamed(t *testing.T) {
	p, ana, m, sum := filled(t)
	lines, err := ana.w.Lines(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range p.files() {
		if folderOf(name) == "blobs" {
			if err := os.Remove(filepath.Join(p.dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
			if r := p.report(m); !names(r, "file "+sum) {
				t.Errorf("%s is gone: %+v", name, r)
			}
			p.write(name, data)
		}
		if folderOf(name) != "logs" {
			continue
		}
		p.write(name, append(bytes.Clone(data), "0000"...))
		if r := p.report(m); !names(r, name) || r.Batches != len(lines) {
			t.Errorf("bytes after the end of %s: %+v", name, r)
		}
		all := bytes.SplitAfter(data, []byte("\n"))
		p.write(name, bytes.Join(all[:len(lines)-1], nil))
		last := lines[len(lines)-1]
		if r := p.report(m); len(r.Notes) != 1 || !names(r, placeName(last.Run, last.Number)) {
			t.Errorf("without its last line: %+v", r)
		}
		p.write(name, data)
	}
}

func folderOf(name string) string {
	folder, _, _ := strings.Cut(name, "/")
	return folder
}

// harmless reports whether the marker says the same as before, but for the time
// of founding, on which nothing rests.
func harmless(name string, data, changed []byte) bool {
	if name != "bearings.json" {
		return false
	}
	var was, is carrier.Marker
	if json.Unmarshal(data, &was) != nil || json.Unmarshal(changed, &is) != nil {
		return false
	}
	was.Founded, is.Founded = time.Time{}, time.Time{}
	return was == is
}

// unharmed holds that at most one thing is wrong of what was whole before.
func unharmed(t *testing.T, name string, r FolderReport) {
	t.Helper()
	lines, files := 4, 1
	switch folderOf(name) {
	case "logs":
		lines-- // that of the change; two where a line break went
		if r.Batches < lines-1 || r.Files != files {
			t.Errorf("%s: %d lines and %d files are left", name, r.Batches, r.Files)
		}
	default:
		if r.Batches != lines {
			t.Errorf("%s: %d lines are left", name, r.Batches)
		}
	}
}

func TestReplayAndReorderAreToldOrHarmless(t *testing.T) {
	p, _, m, _ := filled(t)
	files := p.files()
	for name, data := range files {
		switch folderOf(name) {
		case "logs":
			lines := bytes.SplitAfter(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
			lines[len(lines)-1] = append(lines[len(lines)-1], '\n')
			p.write(name, bytes.Join([][]byte{lines[2], lines[0], lines[3], lines[1]}, nil))
			if r := p.report(m); r.Batches != 4 || !r.Clean() {
				t.Errorf("in another order: %+v", r)
			}
			p.write(name, bytes.Join([][]byte{lines[0], lines[1], lines[1], lines[2], lines[3]}, nil))
			if r := p.report(m); r.Twice != 1 || r.Batches != 4 {
				t.Errorf("one twice: %+v", r)
			}
		case "members", "invitations", "removals", "keys":
			for other := range files {
				if other == name || folderOf(other) != folderOf(name) {
					continue
				}
				p.write(other, data)
				r := p.report(m)
				if r.Clean() || !strings.Contains(fmt.Sprint(r.Faults), other) {
					t.Errorf("%s in the place of %s: %+v", name, other, r)
				}
				p.write(other, files[other])
			}
		default:
			continue
		}
		p.write(name, data)
	}
}

// A file of evidence under the name of another is not taken for it.
func TestAFileInThePlaceOfAnotherIsTold(t *testing.T) {
	p, _, m, sum := filled(t)
	codec := m.codec()
	_, sealed, err := codec.SealBlob(sum, strings.NewReader("other bytes, sealed with the right key"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := io.ReadAll(sealed)
	if err != nil {
		t.Fatal(err)
	}
	name := codec.BlobNames(sum)[0]
	p.write("blobs/"+name[:2]+"/"+name, other)
	if r := p.report(m); r.Clean() || !strings.Contains(r.Faults[0].Where, name) {
		t.Errorf("%+v", r)
	}
}
