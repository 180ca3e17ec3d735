package app

import (
	"bearings/internal/incident"
)

// The bound structs, one for each screen. Their methods are all that the
// window can call.

// Board is what the cockpit calls.
type Board struct{ app *App }

// Cockpit returns an incident at a glance, as it stands, or as it was known at
// asOf; as every screen, now where asOf is 0.
func (b *Board) Cockpit(id string, asOf int64) (*Cockpit, error) {
	return call(b.app, "Board.Cockpit", func() (*Cockpit, error) {
		s, err := b.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		var snoozed snoozes
		if !isPast(asOf, b.app.now()) {
			if snoozed, err = b.app.snoozes(id); err != nil {
				return nil, err
			}
		}
		me, err := b.app.me()
		if err != nil {
			return nil, err
		}
		attention := s.AttentionFor(me)
		if !isPast(asOf, b.app.now()) {
			attention = b.app.attention(s, me)
		}
		v := cockpitOf(b.app.head(s, asOf), s, attention, snoozed)
		b.app.awaitClaims(s, v.Bearing)
		b.app.awaitGroups(s, v.Beliefs)
		return &v, nil
	})
}

// Things is what opens a thing beside a screen, and what finds one.
type Things struct{ app *App }

// Open returns a thing by its id or label, or a record by its id.
func (t *Things) Open(id, ref string, asOf int64) (*ThingView, error) {
	return call(t.app, "Things.Open", func() (*ThingView, error) {
		s, err := t.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		me, err := t.app.me()
		if err != nil {
			return nil, err
		}
		var v *ThingView
		err = t.app.read(id, func(inc *incident.Incident) error {
			var ok bool
			if v, ok = thingOf(inc, s, ref, me); ok && v.Claim != nil {
				t.app.awaitClaims(s, []ClaimRow{v.Claim.ClaimRow})
			}
			if !ok {
				return notFound(ref)
			}
			return nil
		})
		return v, err
	})
}
