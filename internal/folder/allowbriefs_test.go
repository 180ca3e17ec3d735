package folder

import (
	"path/filepath"
	"testing"

	"bearings/internal/record"
)

func TestASealedFolderHasBriefsOnlyWhereThatWasAllowed(t *testing.T) {
	p := newPlace(t)
	n := p.newcomer("ana-laptop")
	incident := ""
	for _, line := range []string{
		`{"at":"2026-11-24T02:13:00Z","by":"Ana","do":"incident.declare","title":"Payments fail"}`,
		`{"at":"2026-11-24T02:14:00Z","by":"Ana","do":"role.take","role":"lead"}`,
	} {
		r, err := record.DecodeLine([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		kept, err := n.w.Record(incident, r)
		if err != nil {
			t.Fatal(err)
		}
		incident = kept[0].Incident
	}
	p.carrier()
	s, err := Open(n.w, Options{BriefOf: func(string) (map[string][]byte, error) {
		return map[string][]byte{"BRIEF.md": []byte("open words")}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Found(t.Context(), FoundOptions{Folder: p.dir, Person: "Ana", Sealed: true}); err != nil {
		t.Fatal(err)
	}
	briefs := func() int {
		if _, err := s.Once(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		found, err := filepath.Glob(filepath.Join(p.dir, "briefs", "*", "BRIEF.md"))
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if n := briefs(); n != 0 {
		t.Errorf("%d briefs, and nobody allowed one", n)
	}
	if err := s.AllowBriefs(true); err != nil {
		t.Fatal(err)
	}
	if n := briefs(); n != 1 {
		t.Errorf("%d briefs after they were allowed", n)
	}
}
