//go:build linux && (production || dev)

package navguard

/*
#cgo pkg-config: gtk+-3.0
#cgo webkit2_41 pkg-config: webkit2gtk-4.1
#cgo !webkit2_41 pkg-config: webkit2gtk-4.0
#include <gtk/gtk.h>
#include <webkit2/webkit2.h>

static gboolean ours(const char *uri) {
	// The second origin is that of a development build.
	return uri && (g_str_has_prefix(uri, "wails://wails/") || g_str_has_prefix(uri, "wails://wails.localhost:"));
}

static gboolean decide(WebKitWebView *view, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type, gpointer unused) {
	if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE) return FALSE;
	WebKitNavigationAction *action = webkit_navigation_policy_decision_get_navigation_action(WEBKIT_NAVIGATION_POLICY_DECISION(decision));
	const char *uri = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action));
	if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && ours(uri)) return FALSE;
	webkit_policy_decision_ignore(decision);
	return TRUE;
}

static void guard(GtkWidget *widget, gpointer unused) {
	if (WEBKIT_IS_WEB_VIEW(widget)) {
		g_signal_connect(widget, "decide-policy", G_CALLBACK(decide), NULL);
		return;
	}
	if (GTK_IS_CONTAINER(widget)) gtk_container_forall(GTK_CONTAINER(widget), guard, NULL);
}

static gboolean install(gpointer unused) {
	GList *windows = gtk_window_list_toplevels();
	for (GList *w = windows; w; w = w->next) guard(GTK_WIDGET(w->data), NULL);
	g_list_free(windows);
	return G_SOURCE_REMOVE;
}

// GTK is used from its own thread only.
static void schedule(void) { g_idle_add_full(G_PRIORITY_HIGH, install, NULL, NULL); }
*/
import "C"

// Install guards every web view that exists. It is called when the window
// starts up, before the page can have navigated.
func Install() { C.schedule() }
