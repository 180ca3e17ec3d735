package app

import "bearings/internal/incident"

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
		v := cockpitOf(b.app.head(s, asOf), s)
		return &v, nil
	})
}

// Claims is what the claims screen calls.
type Claims struct{ app *App }

// All returns the claims of an incident.
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

// Names lists the threads, claims, decisions, actions and evidence of an
// incident, for the palette.
func (t *Things) Names(id string, asOf int64) ([]Chip, error) {
	return call(t.app, "Things.Names", func() ([]Chip, error) {
		s, err := t.app.state(id, asOf)
		if err != nil {
			return nil, err
		}
		return namesOf(s), nil
	})
}
