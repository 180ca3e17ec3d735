package app

import (
	"cmp"
	"slices"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/app/menubar"
)

// commandEvent tells the page which command was chosen in a menu.
const commandEvent = "command"

// A MenuItem is a command of the page as a menu shows it.
type MenuItem struct {
	Group string `json:"group"` // the menu that it is in
	Name  string `json:"name"`
	Keys  string `json:"keys"` // "Ctrl Shift L"; shown only, the page acts on them
	ID    string `json:"id"`   // sent back as the event "command"
}

// The most that menus are for.
const (
	maxMenuItems = 300
	maxMenuText  = 120
)

// SetMenu makes the window's menus of the page's commands. Menus stand in the
// order in which they are first named.
func (w *Window) SetMenu(items []MenuItem) error {
	_, err := call(w.app, "Window.SetMenu", func() (struct{}, error) {
		if len(items) > maxMenuItems {
			return struct{}{}, &Error{Code: codeInvalid, Message: "These are too many commands for a menu.", Hint: ""}
		}
		menubar.Set(w.ctx, menuOf(items), func(id string) { runtime.EventsEmit(w.ctx, commandEvent, id) })
		return struct{}{}, nil
	})
	return err
}

// menuOf puts the items of one menu together.
func menuOf(items []MenuItem) []menubar.Item {
	order := map[string]int{}
	out := []menubar.Item{}
	for _, i := range items {
		if _, ok := order[i.Group]; !ok {
			order[i.Group] = len(order)
		}
		out = append(out, menubar.Item{Group: short(i.Group, maxMenuText), Name: short(i.Name, maxMenuText), Keys: i.Keys, ID: i.ID})
	}
	slices.SortStableFunc(out, func(a, b menubar.Item) int { return cmp.Compare(order[a.Group], order[b.Group]) })
	return out
}
