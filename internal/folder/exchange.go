package folder

import (
	"context"
	"errors"

	"bearings/internal/folder/carrier"
)

// exchange takes in the documents that a place has, and gives it those that it
// lacks. It comes before what was written is read, so that nothing is taken in
// of somebody who was removed. A document that cannot be put is put the next
// time.
func (m *membership) exchange(ctx context.Context, c carrier.Carrier) error {
	found, err := c.Documents(ctx)
	if err != nil {
		return err
	}
	lacking, err := m.meet(found)
	if err != nil {
		return err
	}
	for _, d := range lacking {
		switch err := c.Put(ctx, d); {
		case errors.Is(err, carrier.ErrTaken):
			m.clash(d.Name)
		case err != nil:
			return err
		}
	}
	return nil
}

func (m *membership) clash(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clashes[name] = true
}
