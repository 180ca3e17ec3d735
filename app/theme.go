package app

import (
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/app/menubar"
)

// Wear gives what the desktop draws around the page the page's own looks:
// "dark", "light", or "system" for those of the desktop.
func (w *Window) Wear(theme string) {
	switch theme {
	case "dark":
		runtime.WindowSetDarkTheme(w.ctx)
	case "light":
		runtime.WindowSetLightTheme(w.ctx)
	default:
		runtime.WindowSetSystemDefaultTheme(w.ctx)
	}
	menubar.Wear(theme)
}
