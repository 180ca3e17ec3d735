/* WebKitWebDriver drives only web views that were made for automation, and Wails makes a plain one. Preloaded into the
 * unchanged release program, this makes that one view as the driver wants it. It is compiled by the tests, for them. */
#include <stdlib.h>
#include <webkit2/webkit2.h>

static GtkWidget *view;

static WebKitWebView *give_view(WebKitAutomationSession *session, gpointer unused) {
  return WEBKIT_WEB_VIEW(view);
}

static void automation_started(WebKitWebContext *context, WebKitAutomationSession *session, gpointer unused) {
  WebKitApplicationInfo *info = webkit_application_info_new();
  webkit_application_info_set_name(info, "bearings");
  webkit_automation_session_set_application_info(session, info);
  webkit_application_info_unref(info);
  g_signal_connect(session, "create-web-view", G_CALLBACK(give_view), NULL);
}

/* Takes the place of WebKit's function of this name: the one that Wails calls. */
GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
  WebKitWebContext *context = webkit_web_context_get_default();
  unsetenv("LD_PRELOAD"); /* WebKit's own processes need none of this. */
  g_signal_connect(context, "automation-started", G_CALLBACK(automation_started), NULL);
  webkit_web_context_set_automation_allowed(context, TRUE);
  view = g_object_new(WEBKIT_TYPE_WEB_VIEW, "web-context", context, "user-content-manager", manager,
                      "is-controlled-by-automation", TRUE, NULL);
  return view;
}
