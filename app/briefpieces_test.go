package app

import "testing"

func TestASentenceIsCutAtTheLabelsOfItsSources(t *testing.T) {
	sources := func(labels ...string) []Chip {
		var chips []Chip
		for _, label := range labels {
			chips = append(chips, Chip{ID: "id of " + label, Label: label})
		}
		return chips
	}
	for _, test := range []struct {
		text        string
		sources     []Chip
		named, rest string
	}{
		{"Disputed: C4 (carries D3, T1). E18 and E1 support; C4 again, not C44 nor AC4.", sources("C4", "D3", "E1", "E18"), "C4 D3 E18 E1 ", ""},
		{"C44 and AC4 are not it, C4 is.", sources("C4"), "C4 ", ""},
		{"éC4, C4-2 and C4_ are not it.", sources("C4"), "", "id of C4 "},
		{"C4é is not it, C4", sources("C4"), "C4 ", ""},
		{"See INC-2041.b (x) now.", sources("INC-2041.b", "(x)"), "INC-2041.b (x) ", ""},
		{"See INC-2041 now.", sources("INC-2041", "2041"), "INC-2041 ", "id of 2041 "},
		{"Lead: Mara, since 02:20.", []Chip{{ID: "r1"}, {ID: "inc", Label: "INC-1"}, {ID: "r2"}}, "", "r1 inc "},
		{"", sources("C4"), "", "id of C4 "},
	} {
		pieces, rest := piecesOf(test.text, test.sources)
		var whole, named, offered string
		for _, piece := range pieces {
			whole += piece.Text
			if piece.Source != nil {
				named += piece.Source.Label + " "
			}
		}
		for _, chip := range rest {
			offered += chip.ID + " "
		}
		if whole != test.text || named != test.named || offered != test.rest {
			t.Errorf("%q is cut into %q, naming %q and offering %q", test.text, whole, named, offered)
		}
	}
}
