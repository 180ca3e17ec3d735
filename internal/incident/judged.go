package incident

// A judged is what follows from the records whatever the time is. It is most
// of what a state costs, and is kept until the next record comes: a window
// that looks again every few seconds pays for what the clock changes only.
type judged struct {
	names    *names
	standing *standing
	circular []bool // by slot, as are loads and recheck
	loads    []int
	counts   []int // how many things a load is made of
	recheck  []bool
	shapes   []shapeEvent
	falls    []fall
}

// judged returns what follows from the records taken in so far. Several
// goroutines may ask at once; they may all do the work, to the same end.
func (f *fold) judged() *judged {
	if j := f.kept.Load(); j != nil {
		return j
	}
	j := &judged{names: f.names(), standing: f.standAll(), shapes: f.shapeChanges()}
	j.circular = j.standing.circular()
	j.loads, j.counts = j.standing.loads()
	j.recheck = make([]bool, len(f.grounds))
	for _, c := range f.claims.made {
		of := j.standing.judged[c.slot]
		if of.state != Refuted && of.state != Withdrawn {
			j.recheck[c.slot] = f.wantsRecheck(c, of, j.loads[c.slot], j.standing.footing[c.slot], j.shapes)
		}
	}
	j.falls = f.falls(j.standing)
	f.kept.Store(j)
	return j
}
