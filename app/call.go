package app

import (
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// call is the one way through which the window reaches Go: it waits for the
// workspace, and gives every error the shape that the window shows.
func call[T any](a *App, name string, do func() (T, error)) (T, error) {
	ws, err := a.opened()
	if err != nil {
		var none T
		return none, asError(err)
	}
	return guarded(ws.Log(), name, do)
}

// guarded recovers from a panic, which would leave the promise on the other
// side unsettled for ever, and makes an error of it. That a call failed, and
// how long it took, goes to the log, without anything that a record says.
func guarded[T any](log *slog.Logger, name string, do func() (T, error)) (result T, err error) {
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			log.Error("panic", "call", name, "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = &Error{Code: codeInternal, Message: "Bearings made a mistake and could not finish.", Hint: faultHint}
		}
		if err != nil {
			e := asError(err)
			log.Warn("call failed", "call", name, "code", e.Code, "took", time.Since(start))
			err = e
			return
		}
		log.Debug("call", "call", name, "took", time.Since(start))
	}()
	return do()
}

// sentence makes a sentence of a Go error: a capital, a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	s = capital(s)
	if !strings.ContainsRune(".?!", rune(s[len(s)-1])) {
		s += "."
	}
	return s
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
