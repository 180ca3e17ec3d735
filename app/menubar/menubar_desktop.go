//go:build (windows || darwin) && (production || dev)

package menubar

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// Set replaces the menus of the window. Items of one menu stand together. The
// id of an item that is chosen is passed to chosen.
func Set(ctx context.Context, items []Item, chosen func(id string)) {
	bar := menu.NewMenu()
	var sub *menu.Menu
	for n, item := range items {
		if n == 0 || item.Group != items[n-1].Group {
			sub = bar.AddSubmenu(item.Group)
		}
		label := item.Name
		if item.Keys != "" {
			label += "\t" + item.Keys
		}
		sub.AddText(label, nil, func(*menu.CallbackData) { chosen(item.ID) })
	}
	bar.Append(menu.EditMenu())
	runtime.MenuSetApplicationMenu(ctx, bar)
}

// Wear does nothing: the window's own theme says how the menus look.
func Wear(string) {}
