package brief

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

var lengthWords = map[Length]string{
	OneMinute:   "1 minute",
	FiveMinutes: "5 minutes",
	Full:        "in full",
}

// heading is the line above a brief: what it is, for whom, how long, and of
// when. It counts no words.
func (b *Brief) heading() string {
	name := b.Incident.Label
	if name == "" {
		name = b.Incident.Title
	}
	return fmt.Sprintf("%s: %s, as of %s",
		line(name, 12), b.kind(), b.AsOf.Format("15:04 MST, Monday 2 January 2006"))
}

// kind says what sort of brief it is, for whom, and how long.
func (b *Brief) kind() string {
	l := PageLine{Parts: b.kindParts()}
	return l.Text()
}

func (b *Brief) kindParts() []Part {
	kind := "catch-up brief"
	switch {
	case b.Since != nil:
		kind = "what changed"
	case b.handover:
		kind = "handover brief"
	case b.leadership:
		kind = "brief for leadership"
	}
	length := ", " + lengthWords[b.Length]
	if b.Reader == "" {
		return []Part{{Text: kind + length}}
	}
	reader := Part{Text: line(b.Reader, nameWords), Typed: true}
	if b.leadership {
		return []Part{{Text: kind + " and "}, reader, {Text: length}}
	}
	return []Part{{Text: kind + " for "}, reader, {Text: length}}
}

// more says how many sentences of a section had no room.
func (s *Section) more() string {
	if s.More == 0 {
		return ""
	}
	return "+" + strconv.Itoa(s.More) + " more"
}

// Text writes a brief in plain lines, to be pasted into a chat: a sentence a
// line, the name of a section above its own.
func Text(b *Brief) string {
	var out strings.Builder
	out.WriteString(b.heading() + "\n")
	for i := range b.Sections {
		s := &b.Sections[i]
		if len(s.Sentences) == 0 && s.More == 0 {
			continue
		}
		out.WriteString("\n")
		if s.Title != "" {
			out.WriteString(strings.ToUpper(s.Title) + "\n")
		}
		for _, sentence := range s.Sentences {
			out.WriteString(sentence.Text + "\n")
		}
		if s.More > 0 {
			out.WriteString(s.more() + "\n")
		}
	}
	return out.String()
}

// Markdown writes a brief as Markdown. What somebody typed stays text.
func Markdown(b *Brief) string {
	var out strings.Builder
	out.WriteString("# " + escape(b.heading()) + "\n")
	for i := range b.Sections {
		s := &b.Sections[i]
		if len(s.Sentences) == 0 && s.More == 0 {
			continue
		}
		out.WriteString("\n")
		if s.Title != "" {
			out.WriteString("## " + escape(s.Title) + "\n\n")
		}
		for j, sentence := range s.Sentences {
			switch {
			case s.Title != "":
				out.WriteString("- ")
			case j > 0:
				out.WriteString("\n")
			}
			out.WriteString(escape(sentence.Text) + "\n")
		}
		if s.More > 0 {
			out.WriteString("- " + s.more() + "\n")
		}
	}
	return out.String()
}

// escape writes a line of text so that Markdown shows it as it is.
func escape(text string) string {
	var out strings.Builder
	out.Grow(len(text) + 8)
	start := blockStart(text)
	for i, r := range text {
		if i == start || strings.ContainsRune("\\`*_[]<~$", r) || r == '&' && entity(text[i+1:]) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// blockStart returns where a line must be escaped so as not to begin a
// heading, a list, a quotation or a rule, and -1 where it begins none of these.
func blockStart(text string) int {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	rest := text[digits:]
	if rest == "" {
		return -1
	}
	alone := len(rest) == 1 || strings.IndexByte(" -+", rest[1]) >= 0
	switch {
	case digits > 0 && strings.IndexByte(".)", rest[0]) >= 0 && alone:
		return digits
	case digits == 0 && strings.IndexByte("+-", rest[0]) >= 0 && alone:
		return 0
	case digits == 0 && strings.IndexByte("#=>", rest[0]) >= 0:
		return 0
	}
	return -1
}

// entity reports whether "&" before a text could name a character.
func entity(rest string) bool {
	return rest != "" && (rest[0] == '#' || rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z')
}

// JSON writes a brief as the command line promises it, ending in a line feed.
func JSON(b *Brief) ([]byte, error) {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(b); err != nil {
		return nil, fmt.Errorf("write brief as JSON: %w", err)
	}
	return []byte(out.String()), nil
}
