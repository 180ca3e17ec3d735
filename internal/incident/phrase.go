package incident

import "strings"

// because adds a reason to a sentence.
func because(text, why string) string {
	if why == "" {
		return text
	}
	return text + ": " + why
}

// joined puts parts in a row, upper case first; it returns fallback where
// there are none.
func joined(parts []string, fallback string) string {
	if len(parts) == 0 {
		return fallback
	}
	text := strings.Join(parts, ", ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// plain writes a word of the incident file as people say it.
func plain(word string) string { return strings.ReplaceAll(word, "_", " ") }
