package workspace

import (
	"encoding/hex"
	"fmt"

	"bearings/internal/record"
)

// A parent is the last batch before a run of this machine, as the first batch
// of the run names it.
type parent struct {
	of   batchRow
	hash record.Digest
}

// note remembers what is to be held together once every batch was seen: runs
// follow one another in no order of their names.
func (c *checking) note(row batchRow, b *record.Batch) {
	c.here[b.Hash] = true
	if b.Number == 1 && b.Device == c.w.device && b.Parent != (record.Digest{}) {
		c.parents = append(c.parents, parent{batchRow{seq: row.seq}, b.Parent})
	}
}

// checkEnds checks the ends of the runs of this machine: each run names the
// last batch of the one before it, and the workspace remembers which batch
// came in last. A command is a run of its own, so that without this a whole
// action could go missing unseen.
func (c *checking) checkEnds() error {
	for _, p := range c.parents {
		if !c.here[p.hash] {
			c.trouble(p.of.where(), "the batch of this machine before it, %s, is missing", p.hash)
		}
	}
	heads, err := textsOf(c.tx.QueryContext(c.ctx, "SELECT value FROM settings WHERE key = ?", settingHead))
	if err != nil || len(heads) == 0 {
		return err
	}
	var seq int64
	var hash string
	if _, err := fmt.Sscanf(heads[0], "%d %s", &seq, &hash); err != nil {
		c.trouble("settings", "what it says of the last batch makes no sense: %q", heads[0])
		return nil
	}
	raw, err := hex.DecodeString(hash)
	if err != nil || len(raw) != len(record.Digest{}) || !c.here[record.Digest(raw)] {
		c.trouble(fmt.Sprintf("batch %d", seq), "it came in last, and is missing")
	}
	return nil
}
