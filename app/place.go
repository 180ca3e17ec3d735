package app

import (
	"context"
	"encoding/json"
	"time"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"bearings/app/framing"
)

// settingPlace is where the window was, and how large.
const settingPlace = "window.place"

// The size of the window at first, and at least.
const (
	firstWidth, firstHeight = 1440, 900
	leastWidth, leastHeight = 1024, 700
)

// A place is where the window is on its screen, in the screen's own pixels.
type place struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"` // the rest is how it was before
}

// fit moves a place into a screen of a size, which may be another than the
// one that it was on, and makes it small enough.
func (p place) fit(width, height int) place {
	p.Width = max(leastWidth, min(p.Width, width))
	p.Height = max(leastHeight, min(p.Height, height))
	p.X = max(0, min(p.X, width-p.Width))
	p.Y = max(0, min(p.Y, height-p.Height))
	return p
}

// keptPlace is the place of the last time, and whether there is one that
// makes sense.
func (a *App) keptPlace() (place, bool) {
	value, err := a.ws.Setting(settingPlace)
	if err != nil || value == "" {
		return place{}, false
	}
	var p place
	if json.Unmarshal([]byte(value), &p) != nil || p.Width <= 0 || p.Height <= 0 {
		return place{}, false
	}
	return p, true
}

func (a *App) keepPlace(p place) error {
	value, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return a.ws.Set(settingPlace, string(value))
}

// placing is how long a window waits for the workspace to say where it was.
const placing = time.Second

// appear shows the window where it was the last time. One that was maximised
// goes back to the size that it had before.
func (w *Window) appear(ctx context.Context) {
	p, ok := w.lastPlace()
	width, height, known := screenSize(ctx)
	if !ok || !known {
		runtime.WindowShow(ctx)
		return
	}
	p = p.fit(width, height)
	runtime.WindowSetSize(ctx, p.Width, p.Height)
	runtime.WindowSetPosition(ctx, p.X, p.Y)
	if p.Maximised {
		framing.MaximiseOnceShown(ctx, p.Width, p.Height)
	}
	runtime.WindowShow(ctx)
}

func (w *Window) lastPlace() (place, bool) {
	select {
	case <-w.app.tried:
	case <-time.After(placing):
		return place{}, false
	}
	if _, err := w.app.opened(); err != nil {
		return place{}, false
	}
	return w.app.keptPlace()
}

// screenSize is that of the screen which the window is on.
func screenSize(ctx context.Context) (width, height int, ok bool) {
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil {
		return 0, 0, false
	}
	for _, s := range screens {
		if s.IsCurrent || !ok && s.IsPrimary {
			width, height, ok = s.Size.Width, s.Size.Height, true
		}
	}
	return width, height, ok && width > 0 && height > 0
}

// own is the place that the window has when it is neither maximised nor fills
// the screen, and whether it is there now.
func own(ctx context.Context) (place, bool) {
	if runtime.WindowIsMaximised(ctx) || runtime.WindowIsFullscreen(ctx) {
		return place{}, false
	}
	var p place
	p.Width, p.Height = runtime.WindowGetSize(ctx)
	p.X, p.Y = runtime.WindowGetPosition(ctx)
	return p, true
}

// Resized says that the window has another size now, so that the one before
// it is maximised is known afterwards.
func (w *Window) Resized() {
	if !w.shown.Load() {
		return
	}
	if p, ok := own(w.ctx); ok {
		w.own.Store(&p)
	}
}

// remember keeps where the window is, for the next start.
func (w *Window) remember(ctx context.Context) {
	if _, err := w.app.opened(); err != nil {
		return
	}
	p, ok := own(ctx)
	if !ok {
		if before := w.own.Load(); before != nil {
			p = *before
		} else {
			p, _ = w.app.keptPlace()
		}
	}
	p.Maximised = runtime.WindowIsMaximised(ctx)
	if p.Width <= 0 || p.Height <= 0 {
		p.Width, p.Height = firstWidth, firstHeight
	}
	if err := w.app.keepPlace(p); err != nil {
		w.app.ws.Log().Warn("keep the place of the window", "error", err)
	}
}
