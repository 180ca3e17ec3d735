package app

import (
	"bytes"
	"encoding/json"
	"image"
	"io"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/record"
)

// A BoxView is a part of a picture, in pixels of it.
type BoxView struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

func (b BoxView) rectangle() image.Rectangle { return image.Rect(b.X, b.Y, b.X+b.W, b.Y+b.H) }

// A MarkView is an arrow or a box, from where it was begun to where it ended.
type MarkView struct {
	Arrow bool      `json:"arrow"`
	From  PointView `json:"from"`
	To    PointView `json:"to"`
}

// A PointView is a pixel of a picture.
type PointView struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Mark draws on a copy of a picture.
func (v *Viewer) Mark(id, ref string, marks []MarkView) (*SentView, error) {
	return call(v.app, "Viewer.Mark", func() (*SentView, error) {
		drawn := make([]evidence.Mark, 0, len(marks))
		for _, m := range marks {
			shape := evidence.Box
			if m.Arrow {
				shape = evidence.Arrow
			}
			drawn = append(drawn, evidence.Mark{Shape: shape, From: image.Pt(m.From.X, m.From.Y), To: image.Pt(m.To.X, m.To.Y)})
		}
		return v.app.copyPicture(id, ref, "marked", "Marked copy of ", func(r io.ReaderAt, size int64) ([]byte, error) {
			return evidence.Draw(r, size, drawn)
		})
	})
}

// Crop keeps a part of a picture as a copy.
func (v *Viewer) Crop(id, ref string, box BoxView) (*SentView, error) {
	return call(v.app, "Viewer.Crop", func() (*SentView, error) {
		return v.app.copyPicture(id, ref, "cropped", "Part of ", func(r io.ReaderAt, size int64) ([]byte, error) {
			return evidence.Crop(r, size, box.rectangle())
		})
	})
}

// Redact destroys boxes of a picture. A copy without them takes the place of
// the original, which is gone.
func (v *Viewer) Redact(id, ref string, ask RedactAsk, boxes []BoxView) (*SentView, error) {
	return call(v.app, "Viewer.Redact", func() (*SentView, error) {
		rectangles := make([]image.Rectangle, 0, len(boxes))
		for _, b := range boxes {
			rectangles = append(rectangles, b.rectangle())
		}
		return v.app.replacePicture(id, ref, "redacted", ask, "Redacted a part of ", func(r io.ReaderAt, size int64) ([]byte, error) {
			return evidence.Redact(r, size, rectangles)
		})
	})
}

// Strip keeps a picture without its metadata, and destroys the original.
func (v *Viewer) Strip(id, ref string, ask RedactAsk) (*SentView, error) {
	return call(v.app, "Viewer.Strip", func() (*SentView, error) {
		return v.app.replacePicture(id, ref, "stripped", ask, "Took the metadata off ", evidence.Stripped)
	})
}

// copyPicture keeps a picture that is made of another as a copy of it.
func (a *App) copyPicture(id, ref, part, says string, make func(io.ReaderAt, int64) ([]byte, error)) (*SentView, error) {
	s, e, err := a.readable(id, ref, 0)
	if err != nil {
		return nil, err
	}
	c, err := a.pictureOf(s, e, part, make)
	if err != nil {
		return nil, err
	}
	return a.keep(id, says+e.Label, c)
}

// replacePicture keeps a picture that is made of another, and destroys that.
func (a *App) replacePicture(id, ref, part string, ask RedactAsk, says string, make func(io.ReaderAt, int64) ([]byte, error)) (*SentView, error) {
	s, e, err := a.readable(id, ref, 0)
	if err != nil {
		return nil, err
	}
	c, err := a.pictureOf(s, e, part, make)
	if err != nil {
		return nil, err
	}
	return a.redact(id, e, ask, c, says+e.Label)
}

func (a *App) pictureOf(s *incident.State, e *incident.Evidence, part string, make func(io.ReaderAt, int64) ([]byte, error)) (*record.Record, error) {
	var made []byte
	err := a.reading.use(a, e.SHA256, func(r *reading) (err error) {
		made, err = make(r.at, r.size)
		return err
	})
	if err != nil {
		return nil, err
	}
	found, err := evidence.Look(bytes.NewReader(made), int64(len(made)), "")
	if err != nil {
		return nil, err
	}
	sum, size, err := a.ws.PutBlob(bytes.NewReader(made))
	if err != nil {
		return nil, err
	}
	c := a.copyRecord(s, e, part)
	name := strings.TrimSuffix(e.File, filepath.Ext(e.File))
	if name == "" || part == "redacted" { // a name may be what is secret
		name = e.Label
	}
	setFile(c, sum, size, found.Format, name+"-"+part+"."+found.Format)
	return c, nil
}

// copyRecord begins the record of a copy. It says of itself what its original
// does: to whom it belongs, and what it tells about which claims.
func (a *App) copyRecord(s *incident.State, e *incident.Evidence, part string) *record.Record {
	c := &record.Record{Do: "evidence.add"}
	claims := map[string]string{}
	v := &EvidenceView{}
	if !e.Struck {
		v.links(s, e)
	}
	for _, l := range v.Links {
		claims[l.Chip.ID] = l.Relation
	}
	setField(c, "kind", e.Sort)
	setField(c, "title", e.Title)
	setField(c, "said_by", e.SaidBy)
	setField(c, "observed", e.Observed.UTC().Format(time.RFC3339Nano))
	setField(c, "taken_from", e.TakenFrom)
	setField(c, "origin", e.Origin)
	setField(c, "grade", e.Grade)
	setField(c, "thread", e.Thread)
	setField(c, "copy_of", e.ID)
	setField(c, "part", part)
	if len(claims) > 0 {
		setField(c, "claims", claims)
	}
	return c
}

func setFile(c *record.Record, sum string, size int64, format, name string) {
	setField(c, "sha256", sum)
	setField(c, "bytes", size)
	setField(c, "format", format)
	setField(c, "file", name)
}

// setField gives a record a field, in place of one that it has; an empty text
// is none.
func setField(r *record.Record, key string, value any) {
	text, err := json.Marshal(value)
	if err != nil || string(text) == `""` {
		return // only texts, numbers and maps of texts are given, which can be written
	}
	for n := range r.Fields {
		if r.Fields[n].Key == key {
			r.Fields[n].Value = text
			return
		}
	}
	r.Fields = append(r.Fields, record.Field{Key: key, Value: text})
}

// keep records what whoever uses the window did.
func (a *App) keep(id, says string, records ...*record.Record) (*SentView, error) {
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		r.By = me
	}
	kept, err := a.ws.Record(id, records...)
	if err != nil {
		return nil, err
	}
	a.takePart(id, me)
	return sent(says, kept), nil
}

func sent(says string, kept []*record.Record) *SentView {
	v := &SentView{Says: says, IDs: []string{}, Labels: []string{}}
	for _, r := range kept {
		v.IDs = append(v.IDs, r.ID)
		if r.Label != "" {
			v.Labels, v.Open = append(v.Labels, r.Label), r.ID
		}
	}
	return v
}

// An EvidenceChange says what is known of an evidence now. What is as it was
// is not recorded.
type EvidenceChange struct {
	Title    string `json:"title"`
	Sort     string `json:"sort"`
	Grade    string `json:"grade"`
	Origin   string `json:"origin"`
	SaidBy   string `json:"saidBy"`
	Observed int64  `json:"observed"` // to the minute
	Thread   string `json:"thread"`   // id; empty for none
	Filed    bool   `json:"filed"`    // looked at, belongs nowhere
}

// Change records what is known of an evidence.
func (v *Viewer) Change(id, ref string, change EvidenceChange) (*SentView, error) {
	return call(v.app, "Viewer.Change", func() (*SentView, error) {
		_, e, err := v.app.evidence(id, ref, 0)
		if err != nil {
			return nil, err
		}
		r := &record.Record{Do: "evidence.change", Fields: []record.Field{record.TextField("evidence", e.ID)}}
		for _, f := range []struct{ key, was, is string }{
			{"title", e.Title, strings.TrimSpace(change.Title)}, {"kind", e.Sort, change.Sort}, {"grade", e.Grade, change.Grade},
			{"origin", e.Origin, strings.TrimSpace(change.Origin)}, {"said_by", e.SaidBy, strings.TrimSpace(change.SaidBy)},
			{"thread", e.Thread, change.Thread},
		} {
			if f.is != f.was {
				r.Fields = append(r.Fields, record.TextField(f.key, f.is))
			}
		}
		// A field for a time holds minutes: one that was not touched keeps its seconds.
		if at := time.UnixMilli(change.Observed); change.Observed > 0 && !at.Equal(e.Observed.Truncate(time.Minute)) {
			r.Fields = append(r.Fields, record.TextField("observed", at.UTC().Format(time.RFC3339)))
		}
		if change.Filed != e.Filed {
			setField(r, "filed", change.Filed)
		}
		if len(r.Fields) == 1 {
			return &SentView{Says: "Nothing was changed", IDs: []string{}, Labels: []string{}}, nil
		}
		return v.app.keep(id, "Changed what is known of "+e.Label, r)
	})
}
