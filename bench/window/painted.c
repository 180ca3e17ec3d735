/* Says when a window has painted: preloaded into a Wails program, it waits for the text in BENCH_TEXT to be on the page
 * and for the frame after it, prints "painted <milliseconds since 1970>" and ends the program. The program itself is
 * the unchanged release build, and no driver takes part, so what is measured is what a person waits for. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <webkit2/webkit2.h>

/* The page may keep a word with a hyphen together. The second animation frame after the text appeared begins once the first has been painted. */
static const char script[] =
    "(() => {"
    "  const text = %s;"
    "  const look = () => {"
    "    if (!document.body?.textContent.replaceAll('\\u2011', '-').includes(text)) return false;"
    "    requestAnimationFrame(() => requestAnimationFrame(() => webkit.messageHandlers.painted.postMessage('')));"
    "    return true;"
    "  };"
    "  if (look()) return;"
    "  const watch = new MutationObserver(() => look() && watch.disconnect());"
    "  watch.observe(document, { childList: true, subtree: true, characterData: true });"
    "})()";

static void painted(WebKitUserContentManager *manager, WebKitJavascriptResult *result, gpointer unused) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  printf("painted %.3f\n", now.tv_sec * 1e3 + now.tv_nsec / 1e6);
  fflush(stdout);
  _Exit(0);
}

/* Stands before WebKit's function of this name: the one that Wails calls. BENCH_TEXT is a JSON string. */
GtkWidget *webkit_web_view_new_with_user_content_manager(WebKitUserContentManager *manager) {
  GtkWidget *(*original)(WebKitUserContentManager *) = dlsym(RTLD_NEXT, __func__);
  const char *text = getenv("BENCH_TEXT");
  char *source = g_strdup_printf(script, text ? text : "''");
  unsetenv("LD_PRELOAD"); /* WebKit's own processes need none of this. */
  g_signal_connect(manager, "script-message-received::painted", G_CALLBACK(painted), NULL);
  webkit_user_content_manager_register_script_message_handler(manager, "painted");
  WebKitUserScript *watch = webkit_user_script_new(source, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME,
                                                   WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);
  webkit_user_content_manager_add_script(manager, watch);
  webkit_user_script_unref(watch);
  g_free(source);
  return original(manager);
}
