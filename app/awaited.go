package app

import "bearings/internal/incident"

// A file of evidence may come later than the record that names it: over a
// shared folder, or never, out of an incident file. Until it is here nothing is
// asked for that would have to be drawn of it, and rows say so.

// notHere is what rows say of it, beside what sort of thing it is.
const notHere = ", not here yet"

// awaited reports whether the file of an evidence is named and not here.
func (a *App) awaited(s *incident.State, id string) bool {
	t, _ := s.Find(id)
	e, ok := t.(*incident.Evidence)
	return ok && e.SHA256 != "" && !e.Redacted && !a.ws.HasBlob(e.SHA256)
}

func (a *App) awaitProofs(s *incident.State, proofs []Proof) {
	for n := range proofs {
		if p := &proofs[n]; a.awaited(s, p.Chip.ID) {
			p.Sort, p.Picture = p.Sort+notHere, false
		}
	}
}

func (a *App) awaitClaims(s *incident.State, rows []ClaimRow) {
	for _, row := range rows {
		a.awaitProofs(s, row.For.Shown)
		a.awaitProofs(s, row.Against.Shown)
	}
}

func (a *App) awaitGroups(s *incident.State, groups []ClaimGroup) {
	for _, g := range groups {
		a.awaitClaims(s, g.Claims)
	}
}

func (a *App) awaitInbox(s *incident.State, rows []InboxRow) {
	for n := range rows {
		if r := &rows[n]; a.awaited(s, r.Chip.ID) {
			r.Sort, r.Picture = r.Sort+notHere, false
		}
	}
}
