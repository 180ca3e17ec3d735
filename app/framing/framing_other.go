//go:build !linux || !(production || dev)

package framing

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// MaximiseOnceShown maximises the window; other desktops remember its own size
// by themselves. It is called before the window is shown.
func MaximiseOnceShown(ctx context.Context, _, _ int) { runtime.WindowMaximise(ctx) }
