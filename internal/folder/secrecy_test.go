package folder

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"bearings/internal/record"
)

// marked are the words of which a stranger must find none.
const marked = "zebra"

// everyField is an incident in which whatever can be said is said with a
// marked word.
func everyField(m *machine, round int) {
	for _, line := range []string{
		`{"do":"incident.declare","by":"P-zebra","title":"T-zebra","impact":"I-zebra","not_affected":"N-zebra","label":"INC-zebra"}`,
		`{"do":"person.join","by":"Q-zebra","why":"W-zebra","offer":"O-zebra","skills":["S-zebra"],"team":"M-zebra"}`,
		`{"do":"thread.open","by":"P-zebra","id":"t-zebra","title":"T-zebra","owner":"Q-zebra"}`,
		`{"do":"note.add","by":"P-zebra","text":"X-zebra","person":"R-zebra","thread":"t-zebra"}`,
		`{"do":"claim.make","by":"P-zebra","id":"c-zebra","text":"C-zebra","wrong_if":"F-zebra","test":"E-zebra"}`,
		`{"do":"evidence.add","by":"P-zebra","kind":"log","title":"L-zebra","text":"Y-zebra","url":"https://zebra.example/","name":"zebra.log","said_by":"Z-zebra"}`,
		`{"do":"zebra.unknown","by":"P-zebra","zebra":"U-zebra"}`,
	} {
		if m.inc != "" && strings.Contains(line, "incident.declare") {
			continue
		}
		line = strings.NewReplacer("t-zebra", fmt.Sprintf("t-zebra%d", round), "c-zebra", fmt.Sprintf("c-zebra%d", round)).Replace(line)
		r, err := record.DecodeLine([]byte(strings.Replace(line, `{`, `{"at":"2026-11-24T02:13:00Z",`, 1)))
		m.team.must(err)
		kept, err := m.w.Record(m.inc, r)
		if err != nil && strings.Contains(line, "unknown") {
			continue // only an import keeps it
		}
		m.team.must(err)
		m.inc = kept[0].Incident
	}
}

func TestAStrangerWithTheFolderAndNoKeyReadsNoWord(t *testing.T) {
	tm := newTeam(t, t.TempDir(), true)
	defer tm.close()
	ana := tm.machines[0]
	i, err := ana.invite("Zebra", InviteOptions{For: "zebra"}, quickWork)
	tm.must(err)
	opened, err := openInvitation(i.File, i.Words, tm.now())
	tm.must(err)
	bea := tm.machine("m1", tm.id)
	bea.start()
	tm.must(bea.join("bea-laptop", "Bea Zebra", opened))
	everyField(ana, 1)
	bea.inc = ana.inc
	visitAll(tm)
	everyField(bea, 2)
	visitAll(tm)
	tm.must(ana.remove(bea.self()))
	everyField(ana, 3)
	visitAll(tm)

	files := map[string][]byte{"lines": bytes.Join(tm.lines, nil)}
	for name, doc := range tm.docs {
		files[name] = doc
	}
	name, sealed, err := ana.codec().SealBlob(strings.Repeat("ab", 32), strings.NewReader(strings.Repeat("a zebra in a file\n", 9000)))
	tm.must(err)
	files["blobs/"+name], err = io.ReadAll(sealed)
	tm.must(err)
	if len(tm.lines) < 15 {
		t.Fatalf("only %d lines", len(tm.lines))
	}
	for name, data := range files {
		for _, said := range wordsIn(append([]byte(name+"\n"), data...)) {
			t.Errorf("%s says %q", name, said)
		}
	}
	// The test finds what is not sealed.
	for _, hidden := range []string{"a zebra", hex.EncodeToString([]byte("a zebra is here")), base64.StdEncoding.EncodeToString([]byte("a Zebra is here"))} {
		if len(wordsIn([]byte(`{"x":"`+hidden+`"}`))) == 0 {
			t.Errorf("a stranger who looks finds nothing in %q", hidden)
		}
	}
	lines, err := ana.w.Lines(0, 1000)
	tm.must(err)
	for _, l := range lines {
		if len(wordsIn(l.Bytes)) == 0 {
			t.Errorf("an open line says nothing: %s", l.Bytes)
		}
	}
}

var (
	base64Like = regexp.MustCompile(`[A-Za-z0-9+/_-]{8,}={0,2}`)
	hexLike    = regexp.MustCompile(`[0-9a-fA-F]{8,}`)
)

// wordsIn finds marked words as they stand, and in what can be decoded.
func wordsIn(data []byte) []string {
	var found []string
	look := func(where string, text []byte) {
		if at := bytes.Index(bytes.ToLower(text), []byte(marked)); at >= 0 {
			found = append(found, fmt.Sprintf("%s: %.40q", where, text[max(0, at-10):]))
		}
	}
	look("as it stands", data)
	for _, run := range hexLike.FindAll(data, -1) {
		if raw, err := hex.DecodeString(string(run[:len(run)/2*2])); err == nil {
			look("in hex", raw)
		}
	}
	for _, run := range base64Like.FindAll(data, -1) {
		for from := range 4 { // wherever it begins
			text := strings.TrimRight(string(run[min(from, len(run)):]), "=")
			for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
				if raw, _ := e.DecodeString(text[:len(text)/4*4]); len(raw) > 0 {
					look("in base64", raw)
				}
			}
		}
	}
	return found
}
