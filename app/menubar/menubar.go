// Package menubar gives the window the native menus that the page asks for.
//
// A menu shows the key of each command and leaves the key to the page, which
// knows whether somebody is typing: no key acts twice, and Ctrl Z in a text
// field stays the field's own.
package menubar

import "strings"

// An Item is a command in a menu.
type Item struct {
	Group string // the menu that it is in: "Incident"
	Name  string // "New incident"
	Keys  string // as the page writes them: "Ctrl Shift L"; empty for none
	ID    string // what is told when it is chosen
}

// names of keys that the page writes otherwise than the desktop.
var names = map[string]string{
	"ctrl": "<Control>", "shift": "<Shift>", "alt": "<Alt>", "enter": "Return", "esc": "Escape", "space": "space",
	"+": "plus", "−": "minus", "-": "minus", ",": "comma", "?": "question", "/": "slash",
	"←": "Left", "→": "Right", "↑": "Up", "↓": "Down",
}

// accelerator is a key as GTK writes it, empty where it is none that a menu
// can show, such as two keys one after the other.
func accelerator(keys string) string {
	parts := strings.Fields(keys)
	if len(parts) == 0 {
		return ""
	}
	var out strings.Builder
	for n, part := range parts {
		name, known := names[strings.ToLower(part)]
		if n < len(parts)-1 && !strings.HasPrefix(name, "<") {
			return ""
		}
		if !known {
			name = part
			if len(part) == 1 {
				name = strings.ToLower(part)
			}
		}
		out.WriteString(name)
	}
	return out.String()
}
