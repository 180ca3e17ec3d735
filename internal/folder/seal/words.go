package seal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode"

	"github.com/sethvargo/go-diceware/diceware"
)

// The words of an invitation are drawn from the long list of the EFF, 7776
// words that are easy to say and to tell apart: six of them are 77 bits.
const invitationWords = 6

// drawWords draws the words of an invitation.
func drawWords(random io.Reader) (string, error) {
	g, err := diceware.NewGenerator(&diceware.GeneratorInput{WordList: diceware.WordListEffLarge(), RandReader: random})
	if err != nil {
		return "", fmt.Errorf("draw words: %w", err)
	}
	words, err := g.Generate(invitationWords)
	if err != nil {
		return "", fmt.Errorf("draw words: %w", err)
	}
	return strings.Join(words, " "), nil
}

// plainWords is how words are compared: as they are heard, whatever was typed
// between them.
func plainWords(typed string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) }), " ")
}

// checkWords says which of the words cannot be right, before a second is spent
// on trying them.
func checkWords(plain string) error {
	words := strings.Fields(plain)
	if len(words) == 0 {
		return fmt.Errorf("%w: there are none", ErrWords)
	}
	known := knownWords()
	for i, w := range words {
		if !known[w] {
			return fmt.Errorf("%w: word %d, %.40q, is none that an invitation has", ErrWords, i+1, w)
		}
	}
	if len(words) < invitationWords {
		return fmt.Errorf("%w: there are %d, and an invitation has %d", ErrWords, len(words), invitationWords)
	}
	return nil
}

// knownWords are all words, and the parts of those with a hyphen in them.
var knownWords = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	list := diceware.WordListEffLarge()
	for n := range sides {
		for _, part := range strings.Fields(plainWords(list.WordAt(roll(n)))) {
			known[part] = true
		}
	}
	return known
})

// sides is how many ways five dice can fall.
const sides = 6 * 6 * 6 * 6 * 6

// roll writes a number as the faces of five dice, as the list is numbered.
func roll(n int) int {
	faces := 0
	for place := 1; place <= 10000; place *= 10 {
		faces += (n%6 + 1) * place
		n /= 6
	}
	return faces
}
