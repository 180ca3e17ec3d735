package workspace

import (
	"encoding/binary"
	"io"
	"time"

	"github.com/google/uuid"
)

// uuidV7 makes a version 7 UUID of a time and of randomness (RFC 9562).
func uuidV7(now time.Time, random io.Reader) (string, error) {
	var id uuid.UUID
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return "", err
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(now.UnixMilli(), 0)))
	copy(id[:6], ms[2:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id.String(), nil
}
