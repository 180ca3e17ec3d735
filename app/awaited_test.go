package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"bearings/app"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

func TestEvidenceWhoseFileHasNotArrivedSaysSoUntilItDoes(t *testing.T) {
	s := newShelf(t)
	picture := spotted(t)
	sum := sha256.Sum256(picture)
	members := `"kind":"screenshot","title":"Elsewhere","sha256":"` + hex.EncodeToString(sum[:]) + `"`
	s.put(members)
	fields := must(record.ParseFields([]byte("{" + members + "}")))
	must(s.ws.Record(s.incident, &record.Record{By: "Ada", Do: "evidence.add", Fields: fields}))
	screens := s.open()

	shown := func() (app.Proof, app.InboxRow) {
		groups := must(screens.Claims.All(s.incident, app.ClaimFilter{}, 0)).Groups
		for _, g := range groups {
			for _, c := range g.Claims {
				return c.For.Shown[0], must(screens.Inbox(s.incident, 0, 0)).Rows[0]
			}
		}
		t.Fatal("the claim is not shown")
		return app.Proof{}, app.InboxRow{}
	}
	proof, row := shown()
	if proof.Sort != "screenshot, not here yet" || proof.Picture {
		t.Errorf("beside the claim it is %q, picture %v", proof.Sort, proof.Picture)
	}
	if row.Sort != "screenshot, not here yet" || row.Picture {
		t.Errorf("in the inbox it is %q, picture %v", row.Sort, row.Picture)
	}

	other := must(workspace.Open(s.dir, workspace.Options{}))
	defer other.Close()
	if _, _, err := other.PutBlob(bytes.NewReader(picture)); err != nil {
		t.Fatal(err)
	}
	proof, row = shown()
	if proof.Sort != "screenshot" || !proof.Picture || row.Sort != "screenshot" || !row.Picture {
		t.Errorf("once it came, it is %q and %q, picture %v and %v", proof.Sort, row.Sort, proof.Picture, row.Picture)
	}
}
