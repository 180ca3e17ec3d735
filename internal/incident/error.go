package incident

import "fmt"

// An Error is a refusal in words for a person: what is wrong, and what to do.
type Error struct {
	Code    string // short and stable, for programs: "invalid", "unknown_reference", "forbidden" …
	Message string // what is wrong, a sentence without a full stop
	Hint    string // what to do about it; may be empty
}

func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "; " + e.Hint
}

// The codes of errors of this package.
const (
	CodeInvalid          = "invalid"           // a field is missing or makes no sense
	CodeUnknownKind      = "unknown_kind"      // no kind of that name
	CodeUnknownReference = "unknown_reference" // refers to nothing, or to a thing of the wrong kind
	CodeForbidden        = "forbidden"         // the rules do not allow it
	CodeConflict         = "conflict"          // its id is taken by another record, or what it does was done already
)

func invalid(format string, args ...any) *Error {
	return &Error{Code: CodeInvalid, Message: fmt.Sprintf(format, args...)}
}

func forbidden(hint, format string, args ...any) *Error {
	return &Error{Code: CodeForbidden, Message: fmt.Sprintf(format, args...), Hint: hint}
}
