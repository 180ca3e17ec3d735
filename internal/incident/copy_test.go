package incident_test

import (
	"testing"

	"bearings/internal/incident"
	"bearings/internal/record"
)

// Two who look at one picture, and at a part of it, have not checked each
// other.
func TestACopyCountsAsOneWithItsOriginAndStandsInForIt(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c1","text":"It is the gateway"}`)
	d.do(`{"do":"evidence.add","id":"e1","kind":"screenshot","title":"Errors","file":"x.png","claims":{"c1":"supports"}}`)
	d.do(`{"do":"evidence.add","id":"e2","kind":"screenshot","title":"The peak","copy_of":"e1","part":"cropped","claims":{"c1":"supports"}}`)
	d.do(`{"do":"evidence.add","id":"e3","kind":"screenshot","title":"The peak, marked","copy_of":"e2","part":"marked","claims":{"c1":"supports"}}`)
	d.do(`{"do":"evidence.add","id":"e4","kind":"screenshot","title":"Boxes","copy_of":"e1","part":"redacted","claims":{"c1":"supports"}}`)
	d.do(`{"do":"evidence.redact","id":"r1","evidence":"e1","why":"a token"}`)
	s := d.inc.At(d.now)
	for n, l := range s.Claims[0].Supports {
		if l.Echo != (n > 0) || n > 0 && l.Of.ID != "e1" {
			t.Errorf("%s counts again: echo %v of %q", l.Evidence.ID, l.Echo, l.Of.ID)
		}
	}
	original := s.Evidence[0]
	if original.File != "" || original.InPlace.ID != "e4" || len(original.Copies) != 2 || original.RedactedBy != "Ana" || original.RedactWhy != "a token" {
		t.Errorf("the original is %+v", original)
	}
	if s.Evidence[2].CopyOf.ID != "e2" || s.Evidence[2].Part != "marked" {
		t.Errorf("the copy of the copy is %+v", s.Evidence[2])
	}

	// Once the original counts no more, a copy does.
	d.do(`{"do":"evidence.strike","evidence":"e1","why":"the wrong graph"}`)
	if l := d.inc.At(d.now).Claims[0].Supports; len(l) != 3 || l[0].Echo || !l[1].Echo {
		t.Errorf("after the original is struck: %+v", l)
	}
}

func TestCopiesInACircleAreOfOneOrigin(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"claim.make","id":"c1","text":"It is the gateway"}`)
	d.do(`{"do":"evidence.add","id":"e0","kind":"log","title":"x"}`)
	d.do(`{"do":"evidence.add","id":"e1","kind":"log","title":"x","copy_of":"e0","claims":{"c1":"supports"}}`)
	for _, line := range []string{ // as two files could say it together
		`{"at":"2026-11-22T02:00:00Z","by":"Ana","do":"evidence.add","id":"e2","kind":"log","title":"y","copy_of":"e3","claims":{"c1":"supports"}}`,
		`{"at":"2026-11-22T02:01:00Z","by":"Ana","do":"evidence.add","id":"e3","kind":"log","title":"z","copy_of":"e2","claims":{"c1":"supports"}}`,
	} {
		r, err := record.DecodeLine([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		r.Incident = d.inc.ID()
		d.inc.Add(r)
	}
	l := d.inc.At(d.now).Claims[0].Supports
	if len(l) != 3 || l[0].Echo || l[1].Echo || !l[2].Echo {
		t.Errorf("%+v", l)
	}
}

func TestTheInboxIsWhatHasNoPlaceYet(t *testing.T) {
	d := newDesk(t)
	d.do(`{"do":"thread.open","id":"t1","title":"Gateway"}`, `{"do":"claim.make","id":"c1","text":"It is the gateway"}`)
	d.do(`{"do":"evidence.add","id":"e1","kind":"log","title":"nowhere"}`,
		`{"do":"evidence.add","id":"e2","kind":"log","title":"on a claim","claims":{"c1":"neutral"}}`,
		`{"do":"evidence.add","id":"e3","kind":"log","title":"in a thread","thread":"t1"}`,
		`{"do":"evidence.add","id":"e4","kind":"log","title":"a reply","reply_to":"e1"}`)
	in := func(want ...string) {
		t.Helper()
		got := []string{}
		for _, e := range d.inc.At(d.now).Inbox {
			got = append(got, e.ID)
		}
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("the inbox is %v, want %v", got, want)
		}
	}
	in("e1")
	d.do(`{"do":"evidence.change","evidence":"e1","filed":true}`)
	in()
	d.undo()
	in("e1")
	d.do(`{"do":"evidence.change","evidence":"e1","thread":"t1"}`)
	in()
	d.undo()
	d.do(`{"do":"evidence.link","evidence":"e1","claim":"c1","relation":"supports"}`)
	in()
	if s := d.inc.At(d.now); s.Claims[0].State != incident.Supported {
		t.Errorf("the claim is %s", s.Claims[0].State)
	}
}
