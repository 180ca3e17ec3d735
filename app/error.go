package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"bearings/internal/incident"
)

// An Error is what went wrong, as the window says it: what happened, and what
// to do now.
type Error struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

func (e *Error) Error() string { return e.Message }

// The codes of errors that arise here; those of the rooms below keep theirs.
// Whatever has no code is internal: a fault of the program, told in the log.
const (
	codeInvalid  = "invalid"
	codeNotFound = "not_found"
	codeInternal = "internal"
)

// faultHint goes with every mistake of the program.
const faultHint = "Nothing that was recorded is lost. Try again; bearings.log in the workspace says more."

// asError turns any error into the one that crosses to the window.
func asError(err error) *Error {
	var ours *Error
	if errors.As(err, &ours) {
		return ours
	}
	var refusal *incident.Error
	if errors.As(err, &refusal) {
		return &Error{Code: refusal.Code, Message: sentence(refusal.Message), Hint: refusal.Hint}
	}
	return &Error{Code: codeInternal, Message: sentence(err.Error()), Hint: faultHint}
}

// formatError is what Wails calls for each error of a bound method. It sends
// the error as a text: the bridge makes a JavaScript Error of whatever comes,
// and an Error of an object says "[object Object]".
func formatError(err error) any {
	text, err := json.Marshal(asError(err))
	if err != nil {
		return faultHint
	}
	return string(text)
}

func notFound(ref string) *Error {
	return &Error{
		Code:    codeNotFound,
		Message: fmt.Sprintf("There is nothing called %q in this incident.", ref),
		Hint:    "Press Esc to go back.",
	}
}
