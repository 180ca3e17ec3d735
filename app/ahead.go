package app

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// firstScreen is the element of the page that carries the first screen.
const firstScreen = `<script type="application/json" id="first">`

// page is where it stands before.
var page = []byte(`<div id="app">`)

// withFirstScreen puts the first screen into the page, if it is computed by
// then: at a start the page would ask for it just when the desktop is busy
// showing the window, and wait. It is taken once; whoever comes later asks.
func (a *App) withFirstScreen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.URL.Path != "/index.html" {
			next.ServeHTTP(w, r)
			return
		}
		held := &heldAnswer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(held, r)
		body := held.body.Bytes()
		if bytes.Contains(body, page) {
			body = a.putFirst(body)
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			w.Header().Set("Cache-Control", "no-store")
		}
		w.WriteHeader(held.status)
		// Whoever asked may be gone, which is nothing to tell anybody.
		_, _ = w.Write(body)
	})
}

func (a *App) putFirst(body []byte) []byte {
	first := a.first.Swap(nil)
	if first == nil {
		return body
	}
	// What stands in it is escaped: no text of a record ends the element.
	data, err := json.Marshal(first)
	if err != nil {
		return body
	}
	return bytes.Replace(body, page, append(append([]byte(firstScreen), data...), append([]byte("</script>"), page...)...), 1)
}

// A heldAnswer keeps an answer back until it is whole.
type heldAnswer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader keeps the status.
func (h *heldAnswer) WriteHeader(status int) { h.status = status }

// Write keeps what is written.
func (h *heldAnswer) Write(p []byte) (int, error) { return h.body.Write(p) }
