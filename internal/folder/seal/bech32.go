package seal

import "strings"

// An age identity is its 32 bytes in Bech32 (BIP 173), which age reads but
// offers no way to write from bytes.

const (
	identityPrefix = "age-secret-key-"
	bech32Digits   = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
)

func writeIdentity(scalar []byte) string {
	return strings.ToUpper(bech32(identityPrefix, scalar))
}

// bech32 writes data with a readable part in front and a checksum behind.
func bech32(readable string, data []byte) string {
	values := fiveBits(data)
	check := expanded(readable)
	check = append(append(check, values...), 0, 0, 0, 0, 0, 0)
	sum := bech32Sum(check) ^ 1
	var out strings.Builder
	out.WriteString(readable)
	out.WriteByte('1')
	for _, v := range values {
		out.WriteByte(bech32Digits[v])
	}
	for i := range 6 {
		out.WriteByte(bech32Digits[sum>>(5*(5-i))&31])
	}
	return out.String()
}

// fiveBits regroups bytes into groups of five bits, the last one filled with
// zeros.
func fiveBits(data []byte) []byte {
	var out []byte
	var bits, count uint
	for _, b := range data {
		bits, count = bits<<8|uint(b), count+8
		for count >= 5 {
			count -= 5
			out = append(out, byte(bits>>count&31))
		}
		bits &= 1<<count - 1
	}
	if count > 0 {
		out = append(out, byte(bits<<(5-count)&31))
	}
	return out
}

// expanded is the readable part as the checksum sees it.
func expanded(readable string) []byte {
	var out []byte
	for _, c := range []byte(readable) {
		out = append(out, c>>5)
	}
	out = append(out, 0)
	for _, c := range []byte(readable) {
		out = append(out, c&31)
	}
	return out
}

func bech32Sum(values []byte) uint32 {
	generator := [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}
	sum := uint32(1)
	for _, v := range values {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range generator {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	return sum
}
