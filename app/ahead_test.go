package app_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bearings/app"
)

const emptyPage = `<!doctype html><body><div id="app"></div></body>`

func TestTheFirstScreenComesOnceWithThePageAndItsTextsAreInert(t *testing.T) {
	dir := t.TempDir()
	const title = `Down</script><script>alert(1)</script><!--`
	declared := must(open(t, app.Options{Workspace: dir, As: "Ada"}).Screens().Declare(app.Declaration{Title: title}))

	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	handler := a.WithFirstScreen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
		_, _ = io.WriteString(w, emptyPage)
	}))
	asked := func(path string) string {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Body.String()
	}
	if got := asked("/assets/index.js"); got != emptyPage {
		t.Errorf("what is no page became %q", got)
	}
	got := asked("/")
	if strings.Count(got, "<script") != 1 || strings.Count(got, "</script") != 1 || strings.Contains(got, "<!--") {
		t.Errorf("a title ends the element: %s", got)
	}
	_, rest, _ := strings.Cut(got, `id="first">`)
	data, _, _ := strings.Cut(rest, "</script>")
	var first app.Start
	if err := json.Unmarshal([]byte(data), &first); err != nil {
		t.Fatal(err)
	}
	if first.Open != declared || first.Brief == nil || first.List.Incidents[0].Title != title {
		t.Errorf("it opens on %q, %+v", first.Open, first.List)
	}
	if again := asked("/"); again != emptyPage {
		t.Errorf("a page that is loaded anew gets what was: %s", again)
	}
}
