package record_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"testing"
	"time"

	"bearings/internal/record"
)

var (
	deviceKey    = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	devicePublic = deviceKey.Public().(ed25519.PublicKey)
)

// zeros is a source of salts that are all alike.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func header() record.Header {
	return record.Header{
		Workspace: "w1", Run: record.Run{1, 2, 3}, Device: "d1", Number: 17,
		Prev:    record.Digest{9},
		Clock:   record.ClockAt(moment) + 3,
		Written: moment,
		Parent:  record.Digest{8},
		Seen:    []record.Seen{{Run: record.Run{4}, Number: 12}},
	}
}

var moment = time.Date(2026, 11, 24, 2, 14, 0, 5e6, time.UTC)

func decode(tb testing.TB, line string) *record.Record {
	tb.Helper()
	r, err := record.DecodeLine([]byte(line))
	if err != nil {
		tb.Fatalf("decode %s: %v", line, err)
	}
	return r
}

// sealN seals n records of a common size.
func sealN(tb testing.TB, n int) *record.Batch {
	tb.Helper()
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = decode(tb, string(benchLine))
		records[i].ID = fmt.Sprintf("0190c1f2-7a3e-7cc1-9d55-%012x", i)
		records[i].Incident = "0190c1f2-7a3e-7cc1-9d55-0a1b2c3d4e5f"
	}
	b, err := record.Seal(header(), records, zeros{}, deviceKey)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}
