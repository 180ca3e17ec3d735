//go:build linux && (production || dev)

package framing

/*
#cgo pkg-config: gtk+-3.0
#include <gtk/gtk.h>

static int own_width, own_height;

// How long a window manager may take to give the window the size that it wants.
enum { PATIENCE = 200 };

static gboolean maximise(gpointer window) {
	gtk_window_maximize(GTK_WINDOW(window));
	return G_SOURCE_REMOVE;
}

static gboolean up(GtkWidget *window, GdkEvent *event, gpointer data) {
	g_signal_handlers_disconnect_by_func(window, G_CALLBACK(up), data);
	gtk_window_resize(GTK_WINDOW(window), own_width, own_height);
	g_timeout_add(PATIENCE, maximise, window);
	return FALSE;
}

static gboolean await_up(gpointer data) {
	GList *windows = gtk_window_list_toplevels();
	for (GList *w = windows; w; w = w->next)
		if (gtk_window_get_window_type(GTK_WINDOW(w->data)) == GTK_WINDOW_TOPLEVEL)
			g_signal_connect(w->data, "map-event", G_CALLBACK(up), NULL);
	g_list_free(windows);
	return G_SOURCE_REMOVE;
}

// GTK is used from its own thread only.
static void schedule(int width, int height) {
	own_width = width;
	own_height = height;
	g_idle_add(await_up, NULL);
}
*/
import "C"

import "context"

// MaximiseOnceShown maximises the window as soon as it has come up at its own
// size. It is called before the window is shown.
func MaximiseOnceShown(_ context.Context, width, height int) {
	C.schedule(C.int(width), C.int(height))
}
