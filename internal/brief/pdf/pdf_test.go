package pdf_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	return close(tool(t, file, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-"))
}

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
	out.WriteString(p.Label + p.Kind + p.Moment)
	if head := p.Headline.Text(); head != "" {
		out.WriteString(head)
	} else {
		out.WriteString(p.Kind)
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
	for seed := range uint64(12) {
		records := incidenttest.Records(seed+1, 40+int(seed)*150)
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

func TestAPDFIsWrittenTheSameTwice(t *testing.T) {
	b := brief.Write(sample(t), nil, brief.Options{})
	if !bytes.Equal(written(t, b, pdf.Options{}), written(t, b, pdf.Options{})) {
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

func TestNaughtyTextsStayTextInAPDF(t *testing.T) {
	data, err := os.ReadFile("../../../e2e/testdata/blns.json")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	rightToLeft := regexp.MustCompile(`[\p{Hebrew}\p{Arabic}]`)
	var kept []string
	for _, s := range texts {
		if close(s) != "" && !rightToLeft.MatchString(s) {
			kept = append(kept, s)
		}
	}
	for len(kept) > 0 {
		n := min(len(kept), 40)
		b := told(t, kept[:n]...)
		file := written(t, b, pdf.Options{})
		if diff := gocmp.Diff(said(b), withoutNote(read(t, file))); diff != "" {
			t.Error(diff)
		}
		for _, box := range regexp.MustCompile(`xMax="([0-9.]+)"`).FindAllStringSubmatch(tool(t, file, "pdftotext", "-bbox", "FILE", "-"), -1) {
			if x := number(t, box[1]); x > pdf.A4.Width-13*72/25.4 {
				t.Errorf("a word reaches to %.1f of %.0f", x, pdf.A4.Width)
			}
		}
		kept = kept[n:]
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
