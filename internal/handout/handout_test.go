package handout_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/handout"
	"bearings/internal/incident"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

var now = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// A place is a workspace with one incident in it.
type place struct {
	t  *testing.T
	ws *workspace.Workspace
	id string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	ws, err := workspace.Open(filepath.Join(t.TempDir(), "ws"), workspace.Options{Owner: "Ana", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ws.Close(); err != nil {
			t.Error(err)
		}
	})
	p := &place{t: t, ws: ws}
	p.id = p.take("one", `{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"incident.declare","label":"INC-1","title":"Orders fail","severity":"SEV2"}`)
	return p
}

// take imports lines as an incident and returns its id.
func (p *place) take(name string, lines ...string) string {
	p.t.Helper()
	file, err := record.ReadFile(strings.NewReader(strings.Join(lines, "\n")), name)
	if err != nil {
		p.t.Fatal(err)
	}
	report, err := p.ws.Import(file, workspace.ImportOptions{})
	if err != nil {
		p.t.Fatal(err)
	}
	return report.Incident
}

// record records a line of an incident file.
func (p *place) record(line string) {
	p.t.Helper()
	file, err := record.ReadFile(strings.NewReader(`{"at":"2026-11-22T02:30:00Z","by":"Ana",`+strings.TrimPrefix(line, "{")), "line")
	if err != nil {
		p.t.Fatal(err)
	}
	said := file.Records[len(file.Records)-1] // before it, the reader declares an incident
	if _, err := p.ws.Record(p.id, said); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) keeper() *handout.Keeper {
	return &handout.Keeper{Workspace: p.ws, Now: func() time.Time { return now }, Zone: time.UTC}
}

func (p *place) keep() {
	p.t.Helper()
	if err := p.keeper().Keep(p.id); err != nil {
		p.t.Fatal(err)
	}
}

func (p *place) path(name string) string { return filepath.Join(p.ws.Dir(), "briefs", "INC-1", name) }

func (p *place) kept(name string) string {
	data, err := os.ReadFile(p.path(name))
	if err != nil {
		return ""
	}
	return string(data)
}

// until waits for a condition, which another goroutine brings about.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("never: %s", what)
		case <-tick.C:
		}
	}
}

func TestTheBriefOfAnOpenIncidentIsKeptForItsOwnerAlone(t *testing.T) {
	p := newPlace(t)
	p.keep()
	for _, name := range []string{"BRIEF.html", "BRIEF.md"} {
		if !strings.Contains(p.kept(name), "Orders fail") {
			t.Errorf("%s says %q", name, p.kept(name))
		}
		info, err := os.Stat(p.path(name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	there, err := os.ReadDir(filepath.Dir(p.path("BRIEF.md")))
	if err != nil || len(there) != 2 {
		t.Errorf("%v is left in the folder: %v", there, err)
	}
}

func TestTheBriefOfAClosedIncidentIsTakenAway(t *testing.T) {
	p := newPlace(t)
	p.keep()
	p.record(`{"do":"incident.change","status":"closed","why":"done"}`)
	p.keep()
	if _, err := os.Stat(filepath.Dir(p.path("BRIEF.html"))); !os.IsNotExist(err) {
		t.Errorf("the folder: %v", err)
	}
	p.record(`{"do":"incident.change","status":"investigating","why":"again"}`)
	p.keep()
	if err := os.WriteFile(p.path("mine.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p.record(`{"do":"incident.change","status":"closed","why":"done now"}`)
	p.keeper().Refresh()
	if p.kept("BRIEF.html") != "" {
		t.Error("the brief is still there")
	}
	if _, err := os.Stat(p.path("mine.txt")); err != nil {
		t.Errorf("somebody's own file: %v", err)
	}
}

func TestABriefIsKeptUnderANameThatNoOtherIncidentHas(t *testing.T) {
	p := newPlace(t)
	p.take("two", `{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"incident.declare","label":"INC-1","title":"Logins fail"}`)
	p.take("three", `{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"incident.declare","label":"../../x","title":"Search fails"}`)
	p.keeper().Refresh()
	pages, err := filepath.Glob(filepath.Join(p.ws.Dir(), "briefs", "*", "BRIEF.md"))
	if err != nil || len(pages) != 3 {
		t.Errorf("kept are %v", pages)
	}
	outside, err := filepath.Glob(filepath.Join(p.ws.Dir(), "..", "x*"))
	if err != nil || len(outside) > 0 {
		t.Errorf("%v is outside", outside)
	}
}

func TestABriefThatCannotBeKeptHarmsNothing(t *testing.T) {
	p := newPlace(t)
	if err := os.WriteFile(filepath.Join(p.ws.Dir(), "briefs"), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.keeper().Keep(p.id); err == nil {
		t.Error("it was kept in a file")
	}
	p.keeper().Refresh()
	p.record(`{"do":"note.add","text":"still recorded"}`)
}

// The moments of the keeper come from the test: nothing waits.
func TestWhatChangesIsWrittenWithinThePaceAndAtTheEnd(t *testing.T) {
	p := newPlace(t)
	moments := make(chan time.Time)
	waits := make(chan time.Duration, 99)
	k := p.keeper()
	k.After = func(d time.Duration) <-chan time.Time { waits <- d; return moments }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); k.Run(ctx) }()

	if d := <-waits; d != handout.Every {
		t.Errorf("the first are written after %v", d)
	}
	moments <- now
	until(t, "all are written once", func() bool { return p.kept("BRIEF.md") != "" })
	p.record(`{"do":"note.add","text":"first moment","key":true}`)
	if d := <-waits; d != handout.Every {
		t.Errorf("the next is written after %v", d)
	}
	if strings.Contains(p.kept("BRIEF.md"), "first moment") {
		t.Error("written twice in a pace")
	}
	cancel()
	<-ended
	if !strings.Contains(p.kept("BRIEF.md"), "first moment") {
		t.Error("what changed last is not written")
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 900, 500))
	for y := range 500 {
		for x := range 900 {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (p *place) html() string {
	p.t.Helper()
	var page []byte
	err := p.ws.View(p.id, func(inc *incident.Incident) (err error) {
		s := inc.At(now)
		page, err = handout.HTML(p.ws, s, brief.Write(s, nil, brief.Options{}))
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return string(page)
}

var shown = regexp.MustCompile(`<img src="data:image/(?:png|jpeg);base64,([^"]+)"`)

func TestAPictureOfEvidenceIsDrawnSmallAndGoneWhenRedacted(t *testing.T) {
	p := newPlace(t)
	original := picture(t)
	sum, _, err := p.ws.PutBlob(bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	p.record(`{"do":"claim.make","id":"c","text":"it fails"}`)
	p.record(`{"do":"evidence.add","id":"e","kind":"screenshot","claims":{"c":"supports"},"title":"the graph","sha256":"` + sum + `","file":"graph.png"}`)
	found := shown.FindStringSubmatch(p.html())
	if found == nil {
		t.Fatal("no picture")
	}
	data, err := base64.StdEncoding.DecodeString(strings.NewReplacer("&#43;", "+", "%2b", "+").Replace(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width != 320 || len(data) > brief.MostPicture || bytes.Contains(data, original[100:200]) {
		t.Errorf("%d pixels, %d bytes, %v", config.Width, len(data), err)
	}
	p.keep()
	if !shown.MatchString(p.kept("BRIEF.html")) {
		t.Error("the kept brief has no picture")
	}
	if _, err := p.ws.Redact(p.id, workspace.Redaction{By: "Ana", Evidence: "e", Why: "a token is in it"}); err != nil {
		t.Fatal(err)
	}
	p.keep()
	if shown.MatchString(p.html()) || shown.MatchString(p.kept("BRIEF.html")) {
		t.Error("the picture is still shown")
	}
	left, err := filepath.Glob(filepath.Join(p.ws.Dir(), "cache", sum+"*"))
	if err != nil || len(left) > 0 {
		t.Errorf("%v is left in the cache", left)
	}
}

func TestAPDFFindsFontsOfTheMachine(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	p := newPlace(t)
	p.record(`{"do":"note.add","key":true,"text":"השרת לא עונה"}`)
	err := p.ws.View(p.id, func(inc *incident.Incident) error {
		file, err := handout.PDF(brief.Write(inc.At(now), nil, brief.Options{}), pdf.A4)
		if err == nil && bytes.Count(file, []byte("/FontDescriptor ")) != 0 && !regexp.MustCompile(`\+(DejaVu|Noto)`).Match(file) {
			t.Error("no font but the page's own")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
