package brief

// For the tests of this package.
var (
	Line   = line
	Escape = escape
)
