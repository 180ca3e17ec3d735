package pdf_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	gocmp "github.com/google/go-cmp/cmp"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/incident"
	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
)

// tool runs a tool of poppler-utils, which build/install test installs.
func tool(t *testing.T, file []byte, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "brief.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "FILE", path)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func written(t *testing.T, b *brief.Brief, o pdf.Options) []byte {
	t.Helper()
	file, err := pdf.Write(b, o)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// read is the text of a PDF in the order in which it is laid out, without the
// breaks of its lines.
func read(t *testing.T, file []byte) string {
	t.Helper()
	text := tool(t, file, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")
	return close(lastMark.ReplaceAllString(text, "$2$1"))
}

// lastMark is a mark on the last letter of a word that is written from the
// right, and that word. The mark stands leftmost, and pdftotext, which reads
// marks as from the left where nothing stands before them, reads it first.
var lastMark = regexp.MustCompile(`(\p{Mn}+)\x{202b}([^\x{202c}]*)\x{202c}`)

// close leaves out what no paper shows: white space, and characters that only
// steer how their neighbours are drawn.
func close(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == '\u034f' {
			return -1
		}
		return r
	}, text)
}

// said is all that a page says, in the order in which it is laid out.
func said(b *brief.Brief) string {
	p := b.Page()
	var out strings.Builder
	line := func(l *brief.PageLine) {
		out.WriteString(l.Text())
		for _, f := range l.From {
			if !f.Told {
				out.WriteString(f.Name)
			}
		}
	}
	out.WriteString(p.Label + p.Kind.Text() + p.Moment)
	if head := p.Headline.Text(); head != "" {
		out.WriteString(head)
	} else {
		out.WriteString(p.Kind.Text())
	}
	for i := range p.Lede {
		line(&p.Lede[i])
	}
	for _, s := range p.Sections {
		out.WriteString(s.Title)
		for i := range s.Lines {
			line(&s.Lines[i])
		}
		out.WriteString(s.More)
	}
	for i := range p.Foot {
		line(&p.Foot[i])
	}
	return close(out.String())
}

var zone = time.FixedZone("CET", 3600)

func sample(t *testing.T) *incident.State {
	t.Helper()
	f, err := os.Open("../../exchange/sample/incident.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	file, err := record.ReadFile(f, "sample")
	if err != nil {
		t.Fatal(err)
	}
	i := incident.New("sample")
	i.Add(file.Records...)
	return i.At(file.Records[len(file.Records)-1].At.Add(9 * time.Second))
}

var lengths = []brief.Length{brief.OneMinute, brief.FiveMinutes, brief.Full}

func TestAPDFSaysTheSentences(t *testing.T) {
	for _, length := range lengths {
		for _, o := range []brief.Options{{Length: length, Zone: zone}, {Length: length, Leadership: true}, {Handover: true}} {
			b := brief.Write(sample(t), nil, o)
			if diff := gocmp.Diff(said(b), read(t, written(t, b, pdf.Options{}))); diff != "" {
				t.Errorf("%+v: %s", o, diff)
			}
		}
	}
}

func TestAPDFOfGeneratedIncidentsSaysTheSentences(t *testing.T) {
	for seed := range uint64(6) {
		records := incidenttest.Records(seed+1, 40+int(seed)*300)
		inc := incident.New(records[0].Incident)
		inc.Add(records...)
		now := records[len(records)-1].Recorded.Add(time.Minute)
		for _, length := range lengths {
			b := brief.Write(inc.At(now), nil, brief.Options{Length: length})
			if diff := gocmp.Diff(said(b), read(t, written(t, b, pdf.Options{Paper: pdf.Letter}))); diff != "" {
				t.Errorf("seed %d, %s: %s", seed, length, diff)
			}
		}
	}
}

func TestFiveMinutesOfTheSampleAreOneSheet(t *testing.T) {
	for _, paper := range []pdf.Paper{pdf.A4, pdf.Letter} {
		for _, o := range []brief.Options{{Zone: zone}, {Length: brief.OneMinute}, {Leadership: true}, {Reader: "Priya Nair"}} {
			file := written(t, brief.Write(sample(t), nil, o), pdf.Options{Paper: paper})
			if info := tool(t, file, "pdfinfo", "FILE"); !regexp.MustCompile(`(?m)^Pages: +1$`).MatchString(info) {
				t.Errorf("%v: %s", paper, info)
			}
		}
	}
}

func TestFiveMinutesOfTheSampleAreSetInLettersThatAreReadWithoutEffort(t *testing.T) {
	for _, o := range []brief.Options{{Zone: zone}, {Leadership: true}, {Reader: "Priya Nair"}} {
		d, err := pdf.Density(brief.Write(sample(t), nil, o), nil)
		if err != nil || d < 9 {
			t.Errorf("%+v: %v points, %v", o, d, err)
		}
	}
	// A handover brief has a third more words: it takes a second sheet rather
	// than smaller letters.
	handover := brief.Write(sample(t), nil, brief.Options{Handover: true, Reader: "Priya Nair"})
	if d, err := pdf.Density(handover, nil); err != nil || d != brief.Roomy {
		t.Errorf("the handover brief: %v, %v", d, err)
	}
	for _, paper := range []pdf.Paper{pdf.A4, pdf.Letter} {
		if info := tool(t, written(t, handover, pdf.Options{Paper: paper}), "pdfinfo", "FILE"); !regexp.MustCompile(`(?m)^Pages: +2$`).MatchString(info) {
			t.Errorf("the handover brief: %s", info)
		}
	}
	short, err := pdf.Density(brief.Write(sample(t), nil, brief.Options{Length: brief.OneMinute}), nil)
	if err != nil || short != brief.Roomy {
		t.Errorf("one minute: %v, %v", short, err)
	}
}

func TestNoWordReachesBeyondItsColumn(t *testing.T) {
	const side, between = 14 * 72 / 25.4, 5 * 72 / 25.4
	for _, paper := range []pdf.Paper{pdf.A4, pdf.Letter} {
		file := written(t, brief.Write(sample(t), nil, brief.Options{Zone: zone}), pdf.Options{Paper: paper})
		middle, inside := paper.Width/2, 0
		box := regexp.MustCompile(`xMin="([0-9.]+)" yMin="([0-9.]+)" xMax="([0-9.]+)"[^>]*>([^<]+)`)
		for _, word := range box.FindAllStringSubmatch(tool(t, file, "pdftotext", "-bbox", "FILE", "-"), -1) {
			left, top, right := number(t, word[1]), number(t, word[2]), number(t, word[3])
			limit := paper.Width - side
			if left < middle && top > 100 && top < paper.Height*0.7 {
				limit = middle - between/2
				inside++
			}
			if right > limit+0.5 {
				t.Errorf("%s reaches to %.1f of %.1f", word[4], right, limit)
			}
		}
		if inside < 100 {
			t.Errorf("only %d words in the first column", inside)
		}
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAPDFTellsItsTitleItsLanguageAndItsSections(t *testing.T) {
	b := brief.Write(sample(t), nil, brief.Options{Zone: zone})
	file := written(t, b, pdf.Options{})
	if info := tool(t, file, "pdfinfo", "FILE"); !strings.Contains(info, b.Page().Name) {
		t.Errorf("no title in %s", info)
	}
	for _, want := range []string{"/Lang (en)", "/Outlines", "/DisplayDocTitle true"} {
		if !bytes.Contains(file, []byte(want)) {
			t.Errorf("no %s", want)
		}
	}
	for _, s := range b.Page().Sections {
		if title := s.Title; len(title) == len([]rune(title)) && !bytes.Contains(file, []byte("("+title+")")) {
			t.Errorf("no bookmark of %s", title)
		}
	}
}

func TestAPDFIsTheSameInWhateverOrderItsRecordsCame(t *testing.T) {
	records := incidenttest.Records(7, 400)
	now := records[len(records)-1].Recorded.Add(time.Minute)
	write := func() []byte {
		inc := incident.New(records[0].Incident)
		inc.Add(records...)
		return written(t, brief.Write(inc.At(now), nil, brief.Options{}), pdf.Options{})
	}
	first := write()
	slices.Reverse(records)
	if !bytes.Equal(first, write()) {
		t.Error("another file")
	}
}

// told makes an incident of texts: a key moment of each.
func told(t *testing.T, texts ...string) *brief.Brief {
	t.Helper()
	var file strings.Builder
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for _, text := range texts {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&file, `{"at":%q,"by":"Ana","do":"thread.open","title":%s,"owner":"Ana"}`+"\n", at.Format(time.RFC3339), quoted)
	}
	f, err := record.ReadFile(strings.NewReader(file.String()), "Texts")
	if err != nil {
		t.Fatal(err)
	}
	i := incident.New("texts")
	i.Add(f.Records...)
	return brief.Write(i.At(at.Add(time.Minute)), nil, brief.Options{Length: brief.Full})
}

func TestScriptsOfTheFontAreSetAndRead(t *testing.T) {
	b := told(t, "Пул соединений исчерпан", "Η βάση δεν απαντά", "Größe über 90 %, façade, Łódź, İstanbul", "Cơ sở dữ liệu không trả lời",
		"office efficient file — “quoted” ‘so’ … € → ≤", "egress-3 and eu-central-1a, ‑ and -")
	file := written(t, b, pdf.Options{})
	if diff := gocmp.Diff(said(b), read(t, file)); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(read(t, file), "drawnasabox") {
		t.Error("a letter was drawn as a box")
	}
}

// What no font has is not lost: it is drawn as a box, said at the foot, and
// read from the file.
func TestWhatNoFontHasIsSaidAndReadAllTheSame(t *testing.T) {
	b := told(t, "接続プールが枯渇している", "\U0001f6a8 down")
	text := read(t, written(t, b, pdf.Options{}))
	for _, want := range []string{"接続プールが枯渇している", "\U0001f6a8down", "Of13charactersnofontofthismachinehastheshape"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

// The test font has the letters of its name and nothing else: another script
// is set in the font that the caller finds.
func TestAnotherScriptIsSetInAFontThatIsFound(t *testing.T) {
	hebrew, err := os.ReadFile("/usr/share/fonts/truetype/noto/NotoSansHebrew-Regular.ttf") // build/install test installs it
	if err != nil {
		t.Fatal(err)
	}
	b := told(t, "השרת לא עונה")
	asked := 0
	file := written(t, b, pdf.Options{Find: func(rune) ([]byte, bool) { asked++; return hebrew, true }})
	if text := read(t, file); !strings.Contains(text, close("השרת לא עונה")) || strings.Contains(text, "drawnasabox") {
		t.Errorf("read %s", text)
	}
	if asked != 1 {
		t.Errorf("the font was asked for %d times", asked)
	}
	if fonts := tool(t, file, "pdffonts", "FILE"); !strings.Contains(fonts, "NotoSansHebrew") {
		t.Errorf("fonts: %s", fonts)
	}
}

// fromTheRight finds fonts for Hebrew and Arabic, which build/install test
// installs.
func fromTheRight(t *testing.T) func(r rune) ([]byte, bool) {
	t.Helper()
	scripts := map[*unicode.RangeTable][]byte{}
	for script, name := range map[*unicode.RangeTable]string{unicode.Hebrew: "NotoSansHebrew", unicode.Arabic: "NotoSansArabic"} {
		file, err := os.ReadFile("/usr/share/fonts/truetype/noto/" + name + "-Regular.ttf")
		if err != nil {
			t.Fatal(err)
		}
		scripts[script] = file
	}
	return func(r rune) ([]byte, bool) {
		for script, file := range scripts {
			if unicode.Is(script, r) {
				return file, true
			}
		}
		return nil, false
	}
}

// A line in which scripts of both directions meet is read as it was typed, and
// stands as the rules of Unicode say: a text that begins in Hebrew runs from
// the right, with its numbers and foreign words from the left, and nothing of
// it moves what is beside it.
func TestWhatIsWrittenFromTheRightIsReadAsItWasTypedAndStandsInItsOrder(t *testing.T) {
	for text, order := range map[string]string{
		"השרת 42 לא עונה (eu-west-1), 13:05.": "13:05 eu-west-1 עונה לא 42 השרת T1",
		"server אב down 12 ק־ג 5% ok":         "server אב down 12 5% ok T1",
		"abc אבג 123 def, גד-5":               "abc 123 אבג def 5 גד T1",
		"الخادم لا يستجيب منذ 14:20":          "14:20 منذ يستجيب لا الخادم T1",
		"لا الإطلاق التّحول، دنو.":            "دنو التّحول الإطلاق لا T1",
		"בְּרֵאשִׁית, בָּרָא אֱלֹהִים":        "אֱלֹהִים בָּרָא בְּרֵאשִׁית T1",
	} {
		b := told(t, text)
		file := written(t, b, pdf.Options{Find: fromTheRight(t)})
		if diff := gocmp.Diff(said(b), read(t, file)); diff != "" {
			t.Error(diff)
		}
		if got := fromTheLeft(t, file, order); got != order {
			t.Errorf("%q stands as %q, not %q", text, got, order)
		}
	}
}

// fromTheLeft lists those words of a line of a PDF that are asked for, by where
// they begin on paper: the first line that has them all.
func fromTheLeft(t *testing.T, file []byte, asked string) string {
	t.Helper()
	words := strings.Fields(asked)
	at := map[string]float64{}
	box := regexp.MustCompile(`<word xMin="([0-9.]+)"[^>]*>([^<]+)<`)
	for _, word := range box.FindAllStringSubmatch(tool(t, file, "pdftotext", "-bbox", "FILE", "-"), -1) {
		for _, w := range words {
			stands := strings.Trim(word[2], "(),.،-")
			if _, known := at[w]; !known && (stands == w || stands == turned(w)) {
				at[w] = number(t, word[1])
			}
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(at[a], at[b]) })
	if len(at) < len(words) {
		return fmt.Sprintf("%d of %d words: %v", len(at), len(words), at)
	}
	return strings.Join(words, " ")
}

// turned is a word as it stands on paper where it is written from the right.
func turned(word string) string {
	runes := []rune(word)
	slices.Reverse(runes)
	return string(runes)
}

func TestNaughtyTextsStayTextInAPDF(t *testing.T) {
	kept := naughty(t)
	find := fromTheRight(t)
	for len(kept) > 0 {
		n := min(len(kept), 40)
		holdText(t, told(t, kept[:n]...), find)
		kept = kept[n:]
	}
}

// Every field of every kind of record holds another naughty text, and each of
// the texts comes.
func TestNaughtyTextsInEveryFieldStayTextInAPDF(t *testing.T) {
	texts := naughty(t)
	find := fromTheRight(t)
	for next := 0; next < len(texts); {
		inc := incident.New("told")
		records := incidenttest.Filled("told", func(string, string) string {
			next++
			return texts[(next-1)%len(texts)]
		})
		inc.Add(records...)
		now := records[len(records)-1].Recorded.Add(time.Minute)
		holdText(t, brief.Write(inc.At(now), nil, brief.Options{Length: brief.Full, Reader: texts[next%len(texts)]}), find)
	}
}

func naughty(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../../../e2e/testdata/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(texts, func(s string) bool { return close(s) == "" })
}

// holdText holds that a PDF says the sentences of a brief, within its paper.
func holdText(t *testing.T, b *brief.Brief, find func(rune) ([]byte, bool)) {
	t.Helper()
	file := written(t, b, pdf.Options{Find: find})
	if diff := gocmp.Diff(said(b), withoutNote(read(t, file))); diff != "" {
		t.Error(diff)
	}
	for _, box := range regexp.MustCompile(`xMax="([0-9.]+)"`).FindAllStringSubmatch(tool(t, file, "pdftotext", "-bbox", "FILE", "-"), -1) {
		if x := number(t, box[1]); x > pdf.A4.Width-13*72/25.4 {
			t.Errorf("a word reaches to %.1f of %.0f", x, pdf.A4.Width)
		}
	}
}

// withoutNote leaves out what is said of characters that no font has.
func withoutNote(text string) string {
	return regexp.MustCompile(`Of\d+characters?nofont.*?formatsshowit\.`).ReplaceAllString(text, "")
}

func TestAFontThatCannotBeReadIsNone(t *testing.T) {
	b := told(t, "השרת לא עונה")
	for _, file := range [][]byte{nil, {}, []byte("no font"), bytes.Repeat([]byte{0, 1, 0, 0}, 99)} {
		text := read(t, written(t, b, pdf.Options{Find: func(rune) ([]byte, bool) { return file, true }}))
		if !strings.Contains(text, "nofontofthismachine") {
			t.Errorf("nothing is said of what is missing: %s", text)
		}
	}
}
