package app

import "net/http"

// policy lets the page load itself and nothing else. Any iframe could call
// the bound methods, so there are none; a script runs only from a file of
// ours; nothing is fetched from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; " +
	"frame-ancestors 'none'; object-src 'none'; worker-src 'none'"

// securityHeaders sets what every answer to the page must carry.
func securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}
