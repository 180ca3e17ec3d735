package seal_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
	"time"

	"pgregory.net/rapid"

	"bearings/internal/folder/seal"
	"bearings/internal/record"
)

var moment = time.Date(2026, 11, 24, 2, 14, 0, 0, time.UTC)

// chance is randomness that is the same each time.
func chance(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

func at(seed byte) seal.Moment { return seal.Moment{Now: moment, Random: chance(seed)} }

func deviceKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
}

func public(key ed25519.PrivateKey) ed25519.PublicKey { return key.Public().(ed25519.PublicKey) }

func secret(tb rapid.TB, seed byte) *seal.Secret {
	tb.Helper()
	s, err := seal.NewSecret(chance(seed))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// line is a batch of n records, of a number of its run.
func line(tb rapid.TB, number uint64, n int) []byte {
	tb.Helper()
	key := deviceKey(7)
	h := record.Header{
		Workspace: "w1", Run: record.Run{1, 2}, Device: record.DeviceID(public(key)), Number: number,
		Clock: record.ClockAt(moment) + 3, Written: moment, Seen: []record.Seen{{Run: record.Run{4}, Number: 12}},
	}
	var records []*record.Record
	for i := range n {
		r, err := record.DecodeLine(fmt.Appendf(nil, `{"at":"2026-11-24T02:13:00Z","by":"Ana","do":"note.add","id":"n%d","text":"a <b> %d"}`, i, i))
		if err != nil {
			tb.Fatal(err)
		}
		r.Incident = "inc-1"
		records = append(records, r)
	}
	b, err := record.Seal(h, records, chance(1), key)
	if err != nil {
		tb.Fatal(err)
	}
	return b.Line
}

// checksummed gives a line that was changed the checksum of what it says now,
// as somebody would who changes it on purpose.
func checksummed(line []byte) []byte {
	body := strings.TrimSuffix(string(line[9:]), "\n")
	return fmt.Appendf(nil, "%08x %s\n", crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli)), body)
}

func sealLine(tb rapid.TB, s *seal.Secret, line []byte) []byte {
	tb.Helper()
	sealed, err := s.SealLine(line, chance(9))
	if err != nil {
		tb.Fatal(err)
	}
	return sealed
}

// open opens a line, and checks what who takes it in checks too.
func open(s *seal.Secret, line []byte) ([]byte, error) {
	sealed, err := seal.ReadLine(line)
	if err != nil {
		return nil, err
	}
	if sealed.Key != s.ID() {
		return nil, fmt.Errorf("key %s: %w", sealed.Key, seal.ErrOpen)
	}
	plain, err := s.OpenLine(sealed)
	if err != nil {
		return nil, err
	}
	b, err := record.DecodeBatch(plain)
	if err != nil {
		return nil, err
	}
	return plain, b.Verify(public(deviceKey(7)))
}
