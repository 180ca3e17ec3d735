package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode"

	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A bundle is a zip file with an incident file, the files of evidence that the
// incident has here, and whatever is to be read beside them. It holds nothing
// that was redacted.
const (
	bundledIncident = "incident.jsonl"
	bundledEvidence = "evidence/"
)

// A Member is a file that a bundle holds beside the incident and its evidence.
type Member struct {
	Name    string // a path with slashes
	Content []byte
}

// A Bundled says what came into a bundle.
type Bundled struct {
	Records int
	Files   int       // of evidence
	NotHere []Carried // evidence whose file is not on this machine, and so not in the bundle
	Carries []Carried // evidence whose original carries more than it shows
}

// Carried is an evidence, and what its file carries.
type Carried struct {
	ID, Label, Title string
	SHA256           string
	Metadata         []string // in words: "GPS position"; empty where the record does not say
}

// ExportBundle writes an incident as a bundle. The same incident and the same
// members give the same bytes. Originals come as they are, with all that they
// carry: what that is, is said. Imported elsewhere, the bundle gives the same
// records and the same files.
func ExportBundle(ws *workspace.Workspace, id string, w io.Writer, beside []Member) (*Bundled, error) {
	out, err := exportBundle(ws, id, w, beside)
	if err != nil {
		return nil, fmt.Errorf("export a bundle: %w", err)
	}
	return out, nil
}

func exportBundle(ws *workspace.Workspace, id string, w io.Writer, beside []Member) (*Bundled, error) {
	var records []*record.Record
	var state *incident.State
	err := ws.View(id, func(inc *incident.Incident) error {
		records = inc.Records()
		state = inc.At(records[len(records)-1].Recorded)
		return nil
	})
	if err != nil {
		return nil, err
	}
	b := &bundling{ws: ws, zip: zip.NewWriter(w), at: state.LastRecord, out: &Bundled{Records: len(records)}}
	if err := b.write(records, state, beside); err != nil {
		return nil, err
	}
	return b.out, b.zip.Close()
}

// A bundling is one bundle under way.
type bundling struct {
	ws  *workspace.Workspace
	zip *zip.Writer
	at  time.Time // of all that is in it
	out *Bundled
}

func (b *bundling) write(records []*record.Record, state *incident.State, beside []Member) error {
	f, err := b.create(bundledIncident, zip.Deflate)
	if err != nil {
		return err
	}
	if err := record.WriteFile(f, records); err != nil {
		return err
	}
	for _, m := range beside {
		f, err := b.create(m.Name, zip.Deflate)
		if err != nil {
			return err
		}
		if _, err := f.Write(m.Content); err != nil {
			return err
		}
	}
	done := map[string]bool{}
	for _, e := range state.Evidence {
		if e.SHA256 == "" || e.Redacted {
			continue
		}
		if err := b.evidence(e, done); err != nil {
			return fmt.Errorf("the file of %s: %w", e.Label, err)
		}
	}
	return nil
}

// evidence writes the file of an evidence, once for all that have it.
func (b *bundling) evidence(e *incident.Evidence, done map[string]bool) error {
	c := Carried{ID: e.ID, Label: e.Label, Title: e.Name(), SHA256: e.SHA256, Metadata: e.Metadata}
	blob, err := b.ws.OpenBlob(e.SHA256)
	var typed *incident.Error
	if errors.As(err, &typed) && typed.Code == workspace.CodeNotHere {
		b.out.NotHere = append(b.out.NotHere, c)
		return nil
	}
	if err != nil {
		return err
	}
	defer blob.Close()
	b.out.Carries = append(b.out.Carries, c)
	if done[e.SHA256] {
		return nil
	}
	done[e.SHA256] = true
	f, err := b.create(bundledEvidence+bundledName(e), method(e))
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, blob); err != nil {
		return err
	}
	b.out.Files++
	return nil
}

func (b *bundling) create(name string, method uint16) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: b.at.UTC()})
}

// method says how a file is packed: pictures are packed already.
func method(e *incident.Evidence) uint16 {
	switch strings.ToLower(path.Ext(e.File)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".zip", ".gz", ".pdf":
		return zip.Store
	default:
		return zip.Deflate
	}
}

// longestName is how long, in bytes, the name of a file in a bundle may be.
const longestName = 80

// bundledName is what the file of an evidence is called in a bundle: by its
// label and its own name, safe on every file system.
func bundledName(e *incident.Evidence) string {
	own := path.Base(strings.ReplaceAll(e.File, `\`, "/"))
	var safe strings.Builder
	for _, r := range e.Label + "-" + own {
		switch {
		case safe.Len() >= longestName:
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)), r == '.', r == '_', r == '-':
			safe.WriteRune(r)
		default:
			safe.WriteByte('-')
		}
	}
	if e.File == "" {
		return e.Label
	}
	return strings.TrimRight(safe.String(), ".")
}

// The limits of a bundle that comes in, checked before anything is unpacked.
const (
	mostMembers  = 20_000
	mostUnpacked = int64(16) << 30 // bytes, of all members
	mostTimes    = 200             // how much larger a member may be than it is packed …
	alwaysFine   = int64(64) << 20 // … unless it is no larger than this, in bytes
)

// CodeBadBundle is the code of an error about a zip file that is refused.
const CodeBadBundle = "bad_bundle"

func badBundle(format string, args ...any) error {
	return &incident.Error{
		Code:    CodeBadBundle,
		Message: fmt.Sprintf(format, args...) + "; nothing was imported",
		Hint:    "Ask whoever sent it to export it again.",
	}
}

// isZip reports whether a file begins as a zip file does.
func isZip(r io.ReaderAt) bool {
	head := make([]byte, 4)
	_, err := r.ReadAt(head, 0)
	return err == nil && (bytes.Equal(head, []byte("PK\x03\x04")) || bytes.Equal(head, []byte("PK\x05\x06")))
}
