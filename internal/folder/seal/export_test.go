package seal

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"

	"filippo.io/age/armor"
	"github.com/sethvargo/go-diceware/diceware"
)

// SignForTest signs a body, whatever it says.
func SignForTest(k Kind, body []byte, key ed25519.PrivateKey) []byte {
	out := append([]byte(`{"d":`), body...)
	out = append(out, `,"s":"`...)
	out = hex.AppendEncode(out, ed25519.Sign(key, toSign(k, body)))
	return append(out, "\"}\n"...)
}

// ParseInvitationForTest reads what stands in the file of an invitation.
func ParseInvitationForTest(text []byte) (*Invitation, error) { return parseInvitation(text) }

// ArmorForTest writes bytes as the file of an invitation is written.
func ArmorForTest(raw []byte) []byte {
	var out bytes.Buffer
	w := armor.NewWriter(&out)
	_, _ = w.Write(raw)
	_ = w.Close()
	return out.Bytes()
}

// CountWordsForTest counts the words that there are to draw from.
func CountWordsForTest() int {
	list := diceware.WordListEffLarge()
	words := map[string]bool{}
	for n := range sides {
		words[list.WordAt(roll(n))] = true
	}
	delete(words, "")
	return len(words)
}
