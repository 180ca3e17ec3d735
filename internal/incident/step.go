package incident

import (
	"slices"

	"bearings/internal/record"
)

// Steps are the records of the last action that a person can take back, newest
// first, and of the last one that they can bring back. An action is what was
// recorded in one step.
type Steps struct{ Done, Undone []string }

// StepsOf walks a person's own actions back. What was taken back and brought
// back again can be taken back once more; what was done anew ends what can be
// brought back, as in any editor. What came from a file is nobody's action
// here, and that there is an incident is not taken back.
func (i *Incident) StepsOf(by string) Steps {
	i.mu.RLock()
	defer i.mu.RUnlock()
	gone := map[string]bool{}   // taken back by a later record
	taking := map[string]bool{} // takes something back that was done
	for _, e := range i.entries {
		if of := Undoes(e.Record); of != "" {
			gone[of] = true
			taking[e.ID] = !taking[of]
		}
	}
	var last Steps
	imported := record.ImportRun(i.id)
	fresh := false // something was done anew since
	for _, e := range slices.Backward(i.entries) {
		if e.By != by || e.Stamp.Run == imported || e.Do == "incident.declare" {
			continue
		}
		fresh = fresh || Undoes(e.Record) == ""
		switch {
		case gone[e.ID]:
		case taking[e.ID] && len(last.Undone) == 0 && !fresh:
			last.Undone = i.actionOf(e)
		case !taking[e.ID] && len(last.Done) == 0:
			last.Done = i.actionOf(e)
		}
		if len(last.Done) > 0 && (fresh || len(last.Undone) > 0) {
			break
		}
	}
	return last
}

// actionOf are the ids of the records that their maker recorded in one step
// with e, newest first.
func (i *Incident) actionOf(e *entry) []string {
	var ids []string
	for _, other := range slices.Backward(i.entries) {
		if other.Stamp.Run == e.Stamp.Run && other.Stamp.Line == e.Stamp.Line && other.By == e.By {
			ids = append(ids, other.ID)
		}
	}
	return ids
}
