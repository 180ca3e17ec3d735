package evidence

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

// A Target says whose evidence it is, and where it belongs.
type Target struct {
	By     string            // who takes it in
	Thread string            // id; empty for none
	Claims map[string]string // what it says, by id of a claim: supports, contradicts, neutral

	Kind     string    // of evidence; empty for what its content suggests
	Title    string    // empty for none: its text, link or file names it then
	SaidBy   string    // whose words it is
	Origin   string    // where it comes from, in words
	Grade    string    // direct, second_hand, unknown; empty where nobody said
	Observed time.Time // when it shows what it shows; zero for what can be found out

	Now time.Time // what seems to be observed later than this was not

	// Progress is told how many bytes were read, of how many.
	Progress func(read, of int64)
}

// Taken is an evidence that was recorded. It and its file are on the disk.
type Taken struct {
	ID       string
	Label    string
	SHA256   string // of its bytes, hex; empty where it has no file
	Name     string // of the file; else the link, or how the text begins
	Finding  *Finding
	From     string // where Observed came from: "metadata", "file time", "arrival", "said"
	Observed time.Time
	Writing  bool // somebody was still writing into the file
}

// Take takes in one source as one evidence of an incident, and records it.
// When it returns without an error, the bytes and the record are on the disk;
// else neither is shown anywhere, and the error says why in words.
//
// The bytes come first: a crash between the two leaves bytes that no record
// names, which nobody sees, and never a record without its bytes. What cannot
// be shown, because it is damaged or of an unknown form, is kept all the same.
func Take(ws *workspace.Workspace, incident string, s Source, to Target) (*Taken, error) {
	switch {
	case s.URL != "":
		return takeLink(ws, incident, s, to)
	case s.Text != "" && len(s.Text) <= mostText:
		return takeText(ws, incident, s, to)
	case s.Text != "":
		s.Data, s.Name = []byte(SafeText(s.Text)), "pasted text.txt"
	}
	return takeFile(ws, incident, s, to)
}

func takeLink(ws *workspace.Workspace, incident string, s Source, to Target) (*Taken, error) {
	link := SafeText(strings.TrimSpace(s.URL))
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, &Error{Code: codeRefused, Message: "this is no link to a page", Hint: "A link begins with https:// or http://."}
	}
	r := begin(s, to, or(to.Kind, "document"))
	r.text("url", link)
	return finish(ws, incident, r, &Taken{Name: link, From: "arrival"}, to)
}

func takeText(ws *workspace.Workspace, incident string, s Source, to Target) (*Taken, error) {
	text := SafeText(s.Text)
	if strings.TrimSpace(text) == "" {
		return nil, &Error{Code: CodeEmpty, Message: "there is no text in it", Hint: "Copy the text again."}
	}
	found, err := Look(strings.NewReader(text), int64(len(text)), "")
	if err != nil {
		return nil, fmt.Errorf("look at the text: %w", err)
	}
	r := begin(s, to, or(to.Kind, found.Kind))
	r.text("text", text)
	return finish(ws, incident, r, &Taken{Name: firstLine(text), Finding: found, From: "arrival"}, to)
}

// takeFile takes in bytes. What is wrong with a file is said with its name in
// front.
func takeFile(ws *workspace.Workspace, incident string, s Source, to Target) (*Taken, error) {
	t, err := keepFile(ws, incident, s, to)
	if err != nil && s.Path != "" {
		return nil, fmt.Errorf("%s: %w", SafeName(s.Path), err)
	}
	return t, err
}

func keepFile(ws *workspace.Workspace, incident string, s Source, to Target) (*Taken, error) {
	from, err := s.open(ws.Dir())
	if err != nil {
		return nil, err
	}
	defer from.close()
	sum, size, err := ws.PutBlob(&counting{Reader: from, of: from.size, tell: to.Progress})
	if err != nil {
		return nil, err
	}
	writing, err := from.whole(size)
	if err != nil {
		return nil, err
	}
	found, err := lookAt(ws, sum, size, from.name)
	if err != nil {
		return nil, fmt.Errorf("find out what it is: %w", err)
	}
	if from.name == "" {
		from.name = "pasted." + found.Format
	}
	t := &Taken{SHA256: sum, Name: from.name, Finding: found, Writing: writing}
	t.Observed, t.From = observed(found.Taken, from.modified)
	r := begin(s, to, or(to.Kind, found.Kind))
	r.text("file", from.name)
	r.text("sha256", sum)
	r.put("bytes", strconv.AppendInt(nil, size, 10))
	r.text("format", found.Format)
	carries := found.Metadata
	if writing {
		carries = append(slices.Clone(carries), stillWritten)
	}
	if len(carries) > 0 {
		r.json("metadata", carries)
	}
	return finish(ws, incident, r, t, to)
}

// stillWritten is what is said of a file that grew or changed while it was
// read: what was kept may end in the middle.
const stillWritten = "was still being written when it was taken"

// lookAt finds out what the bytes are that were kept, not those of the
// source, which may be others by now.
func lookAt(ws *workspace.Workspace, sum string, size int64, name string) (*Finding, error) {
	blob, err := ws.OpenBlob(sum)
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	at, ok := blob.(io.ReaderAt)
	if !ok {
		return nil, errors.New("the file cannot be read from its middle")
	}
	return Look(at, size, name)
}

// earliest is before any screenshot.
var earliest = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// observed is when a file shows what it shows, as far as it can be known.
func observed(metadata, modified time.Time) (at time.Time, from string) {
	if metadata.After(earliest) && metadata.Year() <= 9999 {
		return metadata, "metadata"
	}
	if modified.After(earliest) && modified.Year() <= 9999 {
		return modified, "file time"
	}
	return time.Time{}, "arrival"
}

// An adding is an evidence.add in the making.
type adding struct{ fields []record.Field }

func begin(s Source, to Target, kind string) *adding {
	r := &adding{}
	r.text("kind", kind)
	r.text("how", s.How)
	r.text("title", SafeText(to.Title))
	r.text("thread", to.Thread)
	r.text("said_by", SafeText(to.SaidBy))
	r.text("origin", SafeText(to.Origin))
	r.text("grade", to.Grade)
	if len(to.Claims) > 0 {
		r.json("claims", to.Claims)
	}
	return r
}

func (r *adding) put(key string, value []byte) {
	r.fields = append(r.fields, record.Field{Key: key, Value: value})
}

func (r *adding) text(key, text string) {
	if text != "" {
		r.fields = append(r.fields, record.TextField(key, text))
	}
}

// json adds a list or a map of texts, which can always be written.
func (r *adding) json(key string, v any) {
	value, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	r.put(key, value)
}

// finish records it. A moment that is still to come, by this machine's clock,
// is no moment at which anything was seen.
func finish(ws *workspace.Workspace, incident string, r *adding, t *Taken, to Target) (*Taken, error) {
	if !to.Observed.IsZero() {
		t.Observed, t.From = to.Observed, "said"
	}
	if t.Observed.After(to.Now) {
		t.Observed, t.From = time.Time{}, "arrival"
	}
	if !t.Observed.IsZero() {
		r.text("observed", t.Observed.UTC().Format(time.RFC3339))
	}
	if t.From != "said" {
		r.text("taken_from", t.From)
	}
	kept, err := ws.Record(incident, &record.Record{Do: "evidence.add", By: to.By, Fields: r.fields})
	if err != nil {
		return nil, err
	}
	t.ID, t.Label = kept[0].ID, kept[0].Label
	if t.Observed.IsZero() {
		t.Observed = kept[0].At
	}
	return t, nil
}

func or(said, found string) string {
	if said != "" {
		return said
	}
	return found
}

// firstLine is what a text is called.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	runes := []rune(strings.TrimSpace(line))
	if len(runes) > 80 {
		return string(runes[:79]) + "…"
	}
	return string(runes)
}

// counting tells how far the reading is.
type counting struct {
	io.Reader
	read, of int64
	tell     func(read, of int64)
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += int64(n)
	if c.tell != nil {
		c.tell(c.read, c.of)
	}
	return n, err
}
