package directory

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// A mark says how far a file was read, and what it holds.
type mark struct {
	Size    int64  `json:"s"` // when it was last read
	Part    bool   `json:"p"` // it was not read to its end
	Changed int64  `json:"t"` // its time, in nanoseconds
	Offset  int64  `json:"o"` // after the last whole line
	Last    int    `json:"l"` // length of that line
	Hash    string `json:"h"` // of it
	Runs    []held `json:"r"` // what it holds

	hash []byte // the last line, as long as Hash is not made
	text string // as it was written
}

// A held is a stretch of numbers of a run.
type held struct {
	Run  string `json:"run"`
	From uint64 `json:"from"`
	To   uint64 `json:"to"`
}

// mostHeld is how many stretches a mark names. What is beyond is not known to
// be held, and published again; no pack has more.
const mostHeld = 1000

func parseMark(text string) *mark {
	m := new(mark)
	if json.Unmarshal([]byte(text), m) != nil || m.Offset < 0 || m.Last < 0 || int64(m.Last) > m.Offset {
		return nil
	}
	return m
}

func (m *mark) String() string {
	m.seal()
	text, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(text)
}

func (m *mark) copy() *mark {
	c := *m
	c.Runs = slices.Clone(m.Runs)
	c.hash = bytes.Clone(m.hash)
	return &c
}

// take notes a line that was read, and reports whether it is whole.
func (m *mark) take(line []byte) bool {
	m.Offset += int64(len(line))
	m.Last = len(line)
	m.hash = append(m.hash[:0], line...)
	run, n, ok := record.PlaceOf(line)
	if !ok {
		return false
	}
	if last := len(m.Runs) - 1; last >= 0 && m.Runs[last].To+1 == n && m.Runs[last].Run == run.String() {
		m.Runs[last].To = n
		return true
	}
	if len(m.Runs) < mostHeld {
		m.Runs = append(m.Runs, held{run.String(), n, n})
	}
	return true
}

// seal makes the hash of the last line, once none is to come after it.
func (m *mark) seal() {
	if m.hash != nil {
		m.Hash, m.hash = lineHash(m.hash), nil
	}
}

func lineHash(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:8])
}

func (m *mark) holds(run record.Run) bool {
	return len(m.Runs) == mostHeld || slices.ContainsFunc(m.Runs, func(h held) bool { return h.Run == run.String() })
}

// holdings joins what files hold.
func holdings(known map[string]*mark) []carrier.Holding {
	byRun := map[string][]held{}
	for _, m := range known {
		for _, h := range m.Runs {
			byRun[h.Run] = append(byRun[h.Run], h)
		}
	}
	var all []carrier.Holding
	for _, text := range slices.Sorted(maps.Keys(byRun)) {
		run, err := record.ParseRun(text)
		if err != nil {
			continue
		}
		stretches := byRun[text]
		slices.SortFunc(stretches, func(a, b held) int { return cmp.Compare(a.From, b.From) })
		at := carrier.Holding{Run: run, From: stretches[0].From, To: stretches[0].To}
		for _, h := range stretches[1:] {
			if h.From > at.To+1 {
				all = append(all, at)
				at = carrier.Holding{Run: run, From: h.From, To: h.To}
				continue
			}
			at.To = max(at.To, h.To)
		}
		all = append(all, at)
	}
	return all
}
