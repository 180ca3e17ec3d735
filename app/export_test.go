package app

// Screens are the structs that the window can call, for tests.
type Screens struct {
	*Incidents
	*Board
	*Claims
	*Things
	*Settings
	*Brief
	*Timeline
	*Composer
	*Readings
	*Window
}

func (a *App) Screens() Screens {
	return Screens{&Incidents{a}, &Board{a}, &Claims{a}, &Things{a}, &Settings{a}, &Brief{a}, &Timeline{a}, &Composer{a}, &Readings{a}, &Window{app: a}}
}

var (
	FormatError     = formatError
	Guarded         = guarded[int]
	SecurityHeaders = securityHeaders
)
