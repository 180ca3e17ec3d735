package evidence

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostName is the longest name of a file, in bytes: what file systems take.
const mostName = 255

// SafeName returns the name of a file that a path ends in, for showing it and
// for writing a file of that name: without folders, without characters that
// are not seen or that turn the writing around, and never empty. "photo\u202egnp.exe"
// would else be read as a picture.
func SafeName(name string) string {
	name = strings.ToValidUTF8(name, "\ufffd")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.TrimSpace(strings.Map(seen, name))
	if name == "" || name == "." || name == ".." || name == "/" {
		return "file"
	}
	return shortened(name)
}

// SafeText returns a text as a record may carry it: valid, and without the one
// character that no record may have.
func SafeText(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "\ufffd")
}

// seen drops what is not seen: control characters, and those of the class
// "format", which hide or reorder what stands beside them.
func seen(r rune) rune {
	switch {
	case unicode.IsControl(r), r == '\u2028', r == '\u2029':
		return ' '
	case unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c': // the joiners are part of words and of emoji
		return -1
	default:
		return r
	}
}

// shortened cuts a name in its middle, so that what says its kind stays.
func shortened(name string) string {
	if len(name) <= mostName {
		return name
	}
	end := path.Ext(name)
	if len(end) > 16 {
		end = ""
	}
	head := name[:mostName-len(end)-len("…")]
	for !utf8.ValidString(head) {
		head = head[:len(head)-1]
	}
	return head + "…" + end
}
