package simulated_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
)

// bugs are put into the program on purpose, to see that they are found.
type bugs struct {
	reuse  bool // a run is begun again at each start, and its numbers are given again
	lying  bool // what is written is never synced
	strict bool // batches of somebody whose clock is ahead are refused
}

// randomness is what a workspace draws from when it is opened: never the same,
// but for the bug by which its run, which it draws first, is.
func (w *world) randomness(m *machine) io.Reader {
	w.opened++
	fresh := w.source(m, w.opened)
	if !w.bugs.reuse {
		return fresh
	}
	return io.MultiReader(io.LimitReader(w.source(m, 0), int64(len(record.Run{}))), fresh)
}

func (w *world) source(m *machine, time uint64) io.Reader {
	var seed [32]byte
	for i, n := range []uint64{w.seed, uint64(m.name), time} {
		binary.LittleEndian.PutUint64(seed[8*i:], n)
	}
	return rand.NewChaCha8(seed)
}

// A watched carrier keeps what it said is published, and has the bugs of
// carriers.
type watched struct {
	carrier.Carrier
	machine *machine
}

func (c *watched) Publish(ctx context.Context, run record.Run, first uint64, lines [][]byte) error {
	err := c.Carrier.Publish(ctx, run, first, lines)
	if err == nil {
		for _, line := range lines {
			if id, ok := identityOf(line); ok {
				c.machine.published[id] = true
			}
		}
	}
	return err
}

func (c *watched) Pull(ctx context.Context, marks carrier.Marks, limit int) (carrier.Delivery, error) {
	d, err := c.Carrier.Pull(ctx, marks, limit)
	if c.machine.world.bugs.strict {
		d.Lines = slices.DeleteFunc(d.Lines, func(line []byte) bool {
			const most = 2 * time.Minute
			b, err := record.DecodeBatch(line)
			return err == nil && b.Clock.Time().After(c.machine.now().Add(most))
		})
	}
	return d, err
}

// unpacked is what can be read of a pack.
func unpacked(pack []byte) []byte {
	z, err := zstd.NewReader(bytes.NewReader(pack), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil
	}
	defer z.Close()
	data, _ := io.ReadAll(z) // of a damaged one, what comes before
	return data
}

// inFolder are the batches that are in the folder as the machine sees it.
func (m *machine) inFolder() map[record.Digest]bool {
	found := map[record.Digest]bool{}
	for name, data := range m.disk.Files() {
		if strings.HasSuffix(name, ".zst") {
			data = unpacked(data)
		}
		for line := range bytes.Lines(data) {
			if id, ok := identityOf(line); ok {
				found[id] = true
			}
		}
	}
	return found
}

// identityOf says which batch a line is: by its hash or, where it is sealed, by
// its place.
func identityOf(line []byte) (record.Digest, bool) {
	if b, err := record.DecodeBatch(line); err == nil {
		return b.Hash, true
	}
	run, n, ok := record.PlaceOf(line)
	return record.Digest(sha256.Sum256(fmt.Append(nil, run, n))), ok
}
