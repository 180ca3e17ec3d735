package app

import "bearings/internal/incident"

// The bound structs, one for each screen. Their methods are all that the
// window can call.

// Board is what the cockpit calls.
type Board struct{ app *App }

// Cockpit returns an incident at a glance.
func (b *Board) Cockpit(id string) (*Cockpit, error) {
	return call(b.app, "Board.Cockpit", func() (*Cockpit, error) {
		s, err := b.app.state(id)
		if err != nil {
			return nil, err
		}
		v := cockpitOf(s)
		return &v, nil
	})
}

// Claims is what the claims screen calls.
type Claims struct{ app *App }

// All returns the claims of an incident.
func (c *Claims) All(id string) (*ClaimsScreen, error) {
	return call(c.app, "Claims.All", func() (*ClaimsScreen, error) {
		s, err := c.app.state(id)
		if err != nil {
			return nil, err
		}
		v := claimsOf(s)
		return &v, nil
	})
}

// Things is what opens a thing beside a screen, and what finds one.
type Things struct{ app *App }

// Open returns a thing by its id or label, or a record by its id.
func (t *Things) Open(id, ref string) (*ThingView, error) {
	return call(t.app, "Things.Open", func() (*ThingView, error) {
		var v *ThingView
		err := t.app.read(id, func(inc *incident.Incident) error {
			var ok bool
			if v, ok = thingOf(inc, inc.At(t.app.now()), ref); !ok {
				return notFound(ref)
			}
			return nil
		})
		return v, err
	})
}

// Names lists the threads, claims, decisions, actions and evidence of an
// incident, for the palette.
func (t *Things) Names(id string) ([]Chip, error) {
	return call(t.app, "Things.Names", func() ([]Chip, error) {
		s, err := t.app.state(id)
		if err != nil {
			return nil, err
		}
		return namesOf(s), nil
	})
}
