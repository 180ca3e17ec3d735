package incident

import (
	"encoding/json"
	"slices"

	"bearings/internal/record"
)

// undoes is the field by which a record says which one it takes back. Most
// kinds are taken back by what brings back what was there before, and the
// field makes no difference to what that does. A retractable kind has nothing
// that would bring it back: it is taken back by its own kind once more, and
// the field says so.
const undoes = "undoes"

// Undoes returns the id of the record that a record takes back, empty for none.
func Undoes(r *record.Record) string {
	value, ok := r.Field(undoes)
	if !ok {
		return ""
	}
	var id string
	if json.Unmarshal(value, &id) != nil {
		return ""
	}
	return id
}

// A retractable is a body that a record of its own kind takes back, and that a
// third of that kind, which takes back the second, brings back.
type retractable interface {
	// retract ends what the body's record e did, as of an order.
	retract(f *fold, e *entry, from int)
}

// takesBack goes from a record of a retractable kind to those of its kind that
// it takes back and brings back in turn. It returns the one that it names
// itself, nil where that is not here, and the first one. Only what stands
// before a record can be taken back by it, whichever of them came here first.
func takesBack(byID map[string]*entry, e *entry) (of, first *entry, back bool) {
	first = e
	if _, ok := e.body.(retractable); !ok {
		return nil, first, false
	}
	for {
		id := Undoes(first.Record)
		next, here := byID[id]
		here = here && next.Stamp.Before(first.Stamp)
		if id == "" || here && next.Do != e.Do {
			break
		}
		back = !back
		if !here {
			break
		}
		if of == nil {
			of = next
		}
		first = next
	}
	return of, first, back
}

// check says why the rules forbid a record. Whoever could say something can
// say that it was wrong, also when they could not say it any more.
func (f *fold) check(e *entry) *Error {
	if of, _, back := takesBack(f.byID, e); back && of != nil && of.Person == e.Person {
		return nil
	}
	return e.body.check(f, e)
}

// retract takes back what a record takes back, and reports whether it does
// that, rather than something of its own.
func (f *fold) retract(e *entry, allowed bool) bool {
	of, _, back := takesBack(f.byID, e)
	if !back {
		return false
	}
	if of != nil && allowed {
		if b, ok := of.body.(retractable); ok {
			b.retract(f, of, e.order)
		}
	}
	return true
}

// retraction is the record that takes back one of a retractable kind. What is
// brought back by it is brought back at its own time.
func retraction(byID map[string]*entry, e *entry) *record.Record {
	r := &record.Record{Do: e.Do, Person: e.Person, Fields: slices.Clone(e.Fields)}
	r.Fields = slices.DeleteFunc(r.Fields, func(f record.Field) bool { return f.Key == undoes })
	if _, first, back := takesBack(byID, e); back {
		r.At = first.At
	}
	return r
}

// turned says of what a record of a retractable kind did whether it was taken
// back by it, or brought back.
func (n *names) turned(e *entry, did string) string {
	of, _, back := takesBack(n.byID, e)
	switch {
	case back:
		return "Taken back: " + did
	case of != nil:
		return "Brought back: " + did
	default:
		return did
	}
}

// A sequel is what records say of one thing, one after the other. The last of
// them that was not taken back counts.
type sequel[T any] []saying[T]

type saying[T any] struct {
	id   string
	what T
}

func (s *sequel[T]) say(e *entry, what T) { *s = append(*s, saying[T]{e.ID, what}) }

func (s *sequel[T]) unsay(e *entry) {
	*s = slices.DeleteFunc(*s, func(said saying[T]) bool { return said.id == e.ID })
}

// last returns what counts, the zero value where nothing does.
func (s sequel[T]) last() (what T) {
	if len(s) > 0 {
		what = s[len(s)-1].what
	}
	return what
}
