package evidence

import (
	"errors"
	"fmt"

	"bearings/internal/incident"
)

// Error is an error with a code to decide on, a message for people, and a hint
// that says what to do now.
type Error = incident.Error

// The codes of the errors of this package.
const (
	CodeTooBig   = "too_big"   // more pixels or bytes than the limits allow
	CodeDamaged  = "damaged"   // not whole, or its parts contradict each other
	CodeNotShown = "not_shown" // of a kind that is kept but not shown
	CodeEmpty    = "empty"     // no bytes, or no pixels
)

const kept = "It is kept whole; open it in another program."

func tooBig(format string, args ...any) *Error {
	return &Error{Code: CodeTooBig, Message: fmt.Sprintf(format, args...), Hint: kept}
}

func damaged(format string, args ...any) *Error {
	return &Error{Code: CodeDamaged, Message: fmt.Sprintf(format, args...), Hint: "It is kept as it came. Ask for it again if you can."}
}

func notShown(format string, args ...any) *Error {
	return &Error{Code: CodeNotShown, Message: fmt.Sprintf(format, args...), Hint: kept}
}

func empty(what string) *Error {
	return &Error{Code: CodeEmpty, Message: what, Hint: "Ask for it again if you can."}
}

// explained returns err as an Error, which it is or has inside, or nil.
func explained(err error) *Error {
	var typed *Error
	if errors.As(err, &typed) {
		return typed
	}
	return nil
}
