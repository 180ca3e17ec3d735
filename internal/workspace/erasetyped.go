package workspace

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bearings/internal/record"
)

// A saying is what the records of one incident that are erased are called by,
// and what they said: by these, what somebody typed about them is known.
type saying struct {
	ids   []string
	label []*regexp.Regexp // that match a text which names one
	words []string         // lines of what they said
}

// leastWords is how many letters of what was said must be there again: fewer
// are in too much that has nothing to do with it.
const leastWords = 6

// hears takes note of a record that is erased.
func (s *saying) hears(r, remains *record.Record) {
	for _, f := range r.Fields {
		if left, ok := remains.Field(f.Key); ok && bytes.Equal(left, f.Value) {
			continue
		}
		for _, text := range textsIn(f.Value) {
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); utf8.RuneCountInString(line) >= leastWords {
					s.words = append(s.words, line)
				}
			}
		}
	}
}

// names takes note of what a record that is erased is called by.
func (s *saying) names(g gone) {
	s.ids = append(s.ids, g.id)
	if g.remains == nil {
		return
	}
	if evidence := textField(g.remains, "evidence"); evidence != "" {
		s.ids = append(s.ids, evidence) // what is erased is a change of it
	}
	if label := g.remains.Label; label != "" {
		s.label = append(s.label, regexp.MustCompile(`(?i)(^|[^\pL\pN])`+regexp.QuoteMeta(label)+`($|[^\pL\pN])`))
	}
}

// isIn reports whether a text that was typed is about what is erased, or says
// what it said. A label says something within its incident only.
func (s *saying) isIn(text string, within bool) bool {
	is := func(part string) bool { return strings.Contains(text, part) }
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool { return slices.Contains(s.ids, word) }) ||
		slices.ContainsFunc(s.words, is) ||
		within && slices.ContainsFunc(s.label, func(names *regexp.Regexp) bool { return names.MatchString(text) })
}

// eraseTyped erases what people typed about what is redacted, and what they
// typed of it.
func (t *writing) eraseTyped() error {
	for id, said := range t.told {
		for _, key := range []string{SettingDrafts + id, SettingSnoozed + id, SettingDrafts} {
			if err := t.eraseSetting(key, func(text string) bool { return said.isIn(text, key != SettingDrafts) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *writing) eraseSetting(key string, is func(text string) bool) error {
	var value string
	err := t.tx.QueryRow("SELECT value FROM settings WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	left, err := without(value, is)
	if err != nil || left == value {
		return err
	}
	t.erased = true
	return setIn(t.tx, key, left)
}

// without takes out of a JSON object or list the members that hold such a
// text, or have it as their key.
func without(value string, is func(text string) bool) (string, error) {
	holds := func(part json.RawMessage) bool { return slices.ContainsFunc(textsIn(part), is) }
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(value), &object) == nil {
		n := len(object)
		for at, part := range object {
			if is(at) || holds(part) {
				delete(object, at)
			}
		}
		return unlessAll(value, object, len(object) == n)
	}
	var list []json.RawMessage
	if json.Unmarshal([]byte(value), &list) != nil {
		return "", nil // nobody can read it, and nobody knows what it holds
	}
	left := slices.DeleteFunc(slices.Clone(list), holds)
	return unlessAll(value, left, len(left) == len(list))
}

// unlessAll is what is left of a value, as it was where that is all.
func unlessAll(value string, left any, all bool) (string, error) {
	if all {
		return value, nil
	}
	out, err := json.Marshal(left)
	return string(out), err
}

// textsIn are the texts in a JSON value, at any depth, without keys.
func textsIn(value []byte) []string {
	var v any
	if json.Unmarshal(value, &v) != nil {
		return nil
	}
	var texts []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			texts = append(texts, v)
		case []any:
			for _, part := range v {
				walk(part)
			}
		case map[string]any:
			for _, part := range v {
				walk(part)
			}
		}
	}
	walk(v)
	return texts
}
