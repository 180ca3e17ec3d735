package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
	"bearings/internal/workspace"
)

// code is the code of an error as it crosses to the window.
func code(t *testing.T, err error) string {
	t.Helper()
	var e *app.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %T %v, want an *app.Error", err, err)
	}
	return e.Code
}

// told is what crosses to the window of an error: JSON in a text.
func told(t *testing.T, err error) app.Error {
	t.Helper()
	text, ok := app.FormatError(err).(string)
	if !ok {
		t.Fatalf("the bridge is given %T, want a text", app.FormatError(err))
	}
	var e app.Error
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnUnknownIncidentIsSaidToBeUnknown(t *testing.T) {
	s := open(t, app.Options{As: "Ada"}).Screens()
	_, err := s.Cockpit("none", 0)
	got := told(t, err)
	if got.Code != "not_found" || got.Hint == "" || !strings.HasSuffix(got.Message, ".") {
		t.Errorf("the window is told %+v", got)
	}
}

func TestAWorkspaceThatDoesNotOpenSaysWhyToWhoeverAsks(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "bearings.db"), []byte("not a database at all, but long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, app.Options{Workspace: dir}).Screens()
	for range 2 {
		_, err := s.Start()
		if got := code(t, err); got != workspace.CodeDamaged && got != workspace.CodeForeign {
			t.Errorf("code %q: %v", got, err)
		}
	}
}

func TestAWorkspaceThatDidNotOpenIsTriedAgain(t *testing.T) {
	dir := t.TempDir()
	database := filepath.Join(dir, "bearings.db")
	if err := os.WriteFile(database, []byte("not a database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := open(t, app.Options{Workspace: dir, As: "Ada"})
	if _, err := a.Screens().Start(); err == nil {
		t.Fatal("opened what is no database")
	}
	if err := os.Remove(database); err != nil {
		t.Fatal(err)
	}
	if start := must(a.Screens().Start()); start.List.Me != "Ada" {
		t.Errorf("the list is %+v", start.List)
	}
	must(a.Screens().Declare(app.Declaration{Title: "Checkout is down"}))
}

func TestAPanicBecomesAnErrorAndItsTextStaysOut(t *testing.T) {
	var log bytes.Buffer
	_, err := app.Guarded(slog.New(slog.NewTextHandler(&log, nil)), "Board.Cockpit", func() (int, error) {
		panic("what somebody typed")
	})
	if got := code(t, err); got != "internal" {
		t.Errorf("code %q", got)
	}
	if !strings.Contains(log.String(), "Board.Cockpit") || !strings.Contains(log.String(), "stack=") {
		t.Errorf("the log does not say where: %s", &log)
	}
	if strings.Contains(log.String()+err.Error(), "what somebody typed") {
		t.Errorf("what the panic said got out: %v, %s", err, &log)
	}
}

func TestAnErrorWithoutACodeIsInternal(t *testing.T) {
	got := told(t, fmt.Errorf("read the thing: %w", os.ErrPermission))
	want := app.Error{Code: "internal", Message: "Read the thing: permission denied.", Hint: got.Hint}
	if diff := cmp.Diff(want, got); diff != "" || want.Hint == "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOnlyWebAndMailLinksLeaveTheWindow(t *testing.T) {
	s := open(t, app.Options{As: "Ada"}).Screens()
	for _, link := range []string{"javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "smb://host/share", "//host/path", "", "ht tp://x"} {
		if err := s.Follow(link); code(t, err) != "invalid" {
			t.Errorf("%q: %v", link, err)
		}
	}
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("page")) })
	answer := httptest.NewRecorder()
	app.SecurityHeaders(page).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	csp := answer.Header().Get("Content-Security-Policy")
	for _, rule := range []string{"default-src 'none'", "script-src 'self'", "frame-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(csp, rule) {
			t.Errorf("the policy %q lacks %q", csp, rule)
		}
	}
	if strings.Contains(csp, "unsafe-eval") || strings.Contains(csp, "http:") || answer.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers %v", answer.Header())
	}
}
