package app

import (
	"net/http"
	"time"

	"bearings/internal/folder"
	"bearings/internal/incident"
)

// Screens are the structs that the window can call, for tests.
type Screens struct {
	*Incidents
	*Board
	*Claims
	*Grounds
	*Things
	*People
	*Settings
	*Brief
	*Timeline
	*Composer
	*Readings
	*Evidence
	*Viewer
	*Checkins
	*Decisions
	*Updates
	*Window
}

func (a *App) Screens() Screens {
	return Screens{&Incidents{a}, &Board{a}, &Claims{a}, &Grounds{a}, &Things{a}, &People{a}, &Settings{a}, &Brief{a}, &Timeline{a}, &Composer{a}, &Readings{a}, &Evidence{a}, &Viewer{a}, &Checkins{a}, &Decisions{a}, &Updates{a}, &Window{app: a}}
}

// Sharing is what the page about sharing calls.
func (a *App) Sharing() *Sharing { return &Sharing{a} }

var (
	FormatError     = formatError
	Guarded         = guarded[int]
	SecurityHeaders = securityHeaders
)

func (a *App) WithFirstScreen(next http.Handler) http.Handler { return a.withFirstScreen(next) }

// Budget is the interruptions that a person can bear.
type Budget struct{ budget }

func (b *Budget) Interrupt(now time.Time, id string, attention []incident.Prompt) (incident.Prompt, int, bool) {
	return b.interrupt(now, id, false, attention)
}

// Fit moves a place of the window into a screen.
func Fit(x, y, width, height, screenWidth, screenHeight int) [4]int {
	p := place{X: x, Y: y, Width: width, Height: height}.fit(screenWidth, screenHeight)
	return [4]int{p.X, p.Y, p.Width, p.Height}
}

// MenuOf is the menus of the page's commands.
var MenuOf = menuOf

// LinkOf reads a link; Outside is what of it is opened.
var (
	LinkOf  = linkOf
	Outside = outside
)

// SaveFile writes a copy of the file of an evidence to a path.
func (a *App) SaveFile(id, ref, path string) error {
	_, e, err := a.evidence(id, ref, 0)
	if err != nil {
		return err
	}
	c, err := a.copyToSave(e)
	if err != nil {
		return err
	}
	return a.saveFile(e, c, path)
}

// ToPrint and GiveOut are what leaves the window, for tests.
func (s Screens) ToPrint(name string, data []byte) (string, error) {
	return s.Window.app.toPrint(name, data)
}

func (s Screens) GiveOut(id string, ask BriefAsk, format Format) (name string, data []byte, err error) {
	b, data, err := s.Window.app.giveOut(id, ask, format, 0)
	if err != nil {
		return "", nil, err
	}
	return briefName(b, ask, format), data, nil
}

// What is said of how sharing stands, by the state alone.
var (
	Apart       = apart
	FolderFacts = folderFacts
	Chosen      = chosen
	Lies        = lies
)

// MemberOf is how the page shows a member.
func MemberOf(s folder.State, m folder.Member, now time.Time) MemberRow { return memberRow(s, m, now) }

// LineOf is the line of the status bar.
func LineOf(s folder.State, now time.Time) SharingLine { return lineOf(s, now) }

// Drawings is the queue of the pictures that are to be drawn.
type Drawings struct{ drawings }

func (d *Drawings) Draw(name string, large bool, do func() error) error {
	return d.draw(name, large, do)
}

func (d *Drawings) Drop(name string) { d.drop(name) }
