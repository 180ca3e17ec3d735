package app

import (
	"slices"

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
		v := cockpitOf(b.app.head(s, asOf), s, snoozed)
		return &v, nil
	})
}

// Claims is what the claims screen calls.
type Claims struct{ app *App }

// All returns the claims of an incident, the first of each group; the rest is
// read by Group.
func (c *Claims) All(id string, asOf int64) (*ClaimsScreen, error) {
	return call(c.app, "Claims.All", func() (*ClaimsScreen, error) {
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		v := claimsOf(c.app.head(s, asOf), s)
		return &v, nil
	})
}

// Group returns a page of a group of claims, from one of them on.
func (c *Claims) Group(id, name string, from int, asOf int64) (*ClaimGroup, error) {
	return call(c.app, "Claims.Group", func() (*ClaimGroup, error) {
		n := slices.Index(groupNames, name)
		if n < 0 || from < 0 {
			return nil, &Error{Code: codeInvalid, Message: "There is no such group of claims.", Hint: ""}
		}
		s, err := c.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		g := groupPage(s, dependentsOf(s), n, claimsByRisk(s)[n], from, claimPage)
		return &g, nil
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
		var v *ThingView
		err = t.app.read(id, func(inc *incident.Incident) error {
			var ok bool
			if v, ok = thingOf(inc, s, ref); !ok {
				return notFound(ref)
			}
			return nil
		})
		return v, err
	})
}
