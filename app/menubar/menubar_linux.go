//go:build linux && (production || dev)

package menubar

/*
#cgo pkg-config: gtk+-3.0
#include <stdlib.h>
#include <gtk/gtk.h>

extern void menubarChosen(int index);

typedef struct {
	int count;
	char **text; // of each item: its menu, its name, its key
} table;

static GtkWidget *bar;

static void chosen(GtkMenuItem *item, gpointer index) { menubarChosen(GPOINTER_TO_INT(index)); }

static GtkWidget *menu_of(GtkWidget *bar, const char *name) {
	GtkWidget *title = gtk_menu_item_new_with_label(name);
	GtkWidget *menu = gtk_menu_new();
	gtk_menu_item_set_submenu(GTK_MENU_ITEM(title), menu);
	gtk_menu_shell_append(GTK_MENU_SHELL(bar), title);
	return menu;
}

// The key is shown, and bound to nothing.
static void show_key(GtkWidget *item, const char *text) {
	guint key = 0;
	GdkModifierType modifiers = 0;
	if (!*text) return;
	gtk_accelerator_parse(text, &key, &modifiers);
	GtkWidget *label = gtk_bin_get_child(GTK_BIN(item));
	if (key && GTK_IS_ACCEL_LABEL(label)) gtk_accel_label_set_accel(GTK_ACCEL_LABEL(label), key, modifiers);
}

static GtkWidget *fill(table *t) {
	GtkWidget *bar = gtk_menu_bar_new();
	GtkWidget *menu = NULL;
	for (int i = 0; i < t->count; i++) {
		char **text = t->text + 3 * i;
		if (!menu || g_strcmp0(text[0], text[-3])) menu = menu_of(bar, text[0]);
		GtkWidget *item = gtk_menu_item_new_with_label(text[1]);
		show_key(item, text[2]);
		g_signal_connect(item, "activate", G_CALLBACK(chosen), GINT_TO_POINTER(i));
		gtk_menu_shell_append(GTK_MENU_SHELL(menu), item);
	}
	return bar;
}

// The window is the one whose child is a column that the bar goes on top of.
static gboolean install(gpointer data) {
	table *t = data;
	GList *windows = gtk_window_list_toplevels();
	for (GList *w = windows; w; w = w->next) {
		GtkWidget *column = GTK_IS_BIN(w->data) ? gtk_bin_get_child(GTK_BIN(w->data)) : NULL;
		if (gtk_window_get_window_type(GTK_WINDOW(w->data)) != GTK_WINDOW_TOPLEVEL || !GTK_IS_BOX(column)) continue;
		if (bar) gtk_widget_destroy(bar);
		bar = fill(t);
		gtk_box_pack_start(GTK_BOX(column), bar, FALSE, FALSE, 0);
		gtk_box_reorder_child(GTK_BOX(column), bar, 0);
		gtk_widget_show_all(bar);
		break;
	}
	g_list_free(windows);
	for (int i = 0; i < 3 * t->count; i++) free(t->text[i]);
	free(t->text);
	free(t);
	return G_SOURCE_REMOVE;
}

static table *new_table(int count) {
	table *t = malloc(sizeof *t);
	t->count = count;
	t->text = calloc(3 * count + 1, sizeof *t->text);
	return t;
}

static void put(table *t, int at, char *text) { t->text[at] = text; }

// GTK is used from its own thread only.
static void schedule(table *t) { g_idle_add(install, t); }

static gboolean wear(gpointer theme) {
	GtkSettings *settings = gtk_settings_get_default();
	const char *dark = "gtk-application-prefer-dark-theme";
	if (!settings) return G_SOURCE_REMOVE;
	if (GPOINTER_TO_INT(theme) < 0) gtk_settings_reset_property(settings, dark);
	else g_object_set(settings, dark, GPOINTER_TO_INT(theme) > 0, NULL);
	return G_SOURCE_REMOVE;
}

static void schedule_theme(int theme) { g_idle_add(wear, GINT_TO_POINTER(theme)); }
*/
import "C"

import (
	"context"
	"sync"
)

var (
	mu     sync.Mutex
	ids    []string
	choose func(id string)
)

// Set replaces the menus of the window. Items of one menu stand together. The
// id of an item that is chosen is passed to chosen, on a goroutine of its own.
func Set(_ context.Context, items []Item, chosen func(id string)) {
	mu.Lock()
	defer mu.Unlock()
	choose = chosen
	ids = ids[:0:0]
	t := C.new_table(C.int(len(items)))
	for n, item := range items {
		ids = append(ids, item.ID)
		for m, text := range []string{item.Group, item.Name, accelerator(item.Keys)} {
			C.put(t, C.int(3*n+m), C.CString(text)) // freed once the menu is made
		}
	}
	C.schedule(t)
}

// Wear gives menus and dialogs the looks of the page: "dark", "light", or what
// the system has.
func Wear(theme string) {
	switch theme {
	case "dark":
		C.schedule_theme(1)
	case "light":
		C.schedule_theme(0)
	default:
		C.schedule_theme(-1)
	}
}

//export menubarChosen
func menubarChosen(index C.int) {
	mu.Lock()
	defer mu.Unlock()
	if n := int(index); n < len(ids) {
		go choose(ids[n])
	}
}
