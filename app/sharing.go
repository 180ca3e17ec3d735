package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/folder"
)

// Sharing is what the page about sharing calls, and the line about it in the
// status bar.
type Sharing struct{ app *App }

// A SharingLine is how sharing stands in one line.
type SharingLine struct {
	Phase string      `json:"phase"` // one of those of folder.Phase
	Words string      `json:"words"`
	Mark  SharingMark `json:"mark"`
}

// A SharingMark is how sharing stands at a glance.
type SharingMark string

// The marks.
const (
	markNone     SharingMark = ""         // it is not shared
	markWell     SharingMark = "well"     // all is in step
	markBusy     SharingMark = "busy"     // something is on its way
	markDoubtful SharingMark = "doubtful" // something of others has not arrived
	markAway     SharingMark = "away"     // the folder cannot be reached
	markBroken   SharingMark = "broken"   // it does not go on before a person has seen to it
)

// Line returns how sharing stands. The page asks for it once its first screen
// is painted, and whenever the event "sharing" says that it changed.
func (s *Sharing) Line() (*SharingLine, error) {
	return call(s.app, "Sharing.Line", func() (*SharingLine, error) {
		s.app.sharing.paint()
		line := lineOf(s.app.sharing.state(), s.app.now())
		return &line, nil
	})
}

func lineOf(s folder.State, now time.Time) SharingLine {
	return SharingLine{Phase: string(s.Phase), Words: folder.Words(s, now), Mark: markOf(s)}
}

func markOf(s folder.State) SharingMark {
	switch {
	case s.Phase == folder.Alone:
		return markNone
	case s.Phase == folder.Offline:
		return markAway
	case s.Phase == folder.Stopped || s.Phase == folder.Excluded:
		return markBroken
	case s.Holes > 0:
		return markDoubtful
	case s.Phase == folder.InStep:
		return markWell
	default:
		return markBusy
	}
}

// All returns all that there is to know about sharing.
func (s *Sharing) All() (*SharingView, error) {
	return call(s.app, "Sharing.All", s.app.sharingView)
}

// Look says what lies in a folder that somebody chose, and what can be done
// there.
func (s *Sharing) Look(path string) (*ChosenFolder, error) {
	return call(s.app, "Sharing.Look", func() (*ChosenFolder, error) {
		path, err := absolute(path)
		if err != nil {
			return nil, err
		}
		place, err := folder.Look(s.app.sharing.ctx, path)
		if err != nil {
			return nil, asSharingError(err)
		}
		found := chosen(path, place)
		if hint := s.app.within(path); hint != "" {
			found.Fit, found.Says, found.Do = false, hint, "Choose a folder that something carries between your machines."
		}
		return &found, nil
	})
}

// A FoundAsk says how this workspace is to be shared.
type FoundAsk struct {
	Folder string `json:"folder"`
	Name   string `json:"name"`
	Person string `json:"person"`
	Sealed bool   `json:"sealed"`
	Briefs bool   `json:"briefs"` // briefs are kept in the folder, for whoever can read it
}

// Found shares this workspace through a folder in which none is shared yet.
func (s *Sharing) Found(ask FoundAsk) error {
	return s.change("Sharing.Found", func(share *folder.Share) error {
		path, err := absolute(ask.Folder)
		if err != nil {
			return err
		}
		if strings.TrimSpace(ask.Name) == "" {
			return &Error{Code: codeInvalid, Message: "The shared workspace needs a name.", Hint: "Say whose it is: those who join see it."}
		}
		person, err := s.app.sits(ask.Person)
		if err != nil {
			return err
		}
		return share.Found(s.app.sharing.ctx, folder.FoundOptions{
			Folder: path, Name: short(strings.TrimSpace(ask.Name), maxName), Person: person,
			Sealed: ask.Sealed, Briefs: ask.Briefs, Profile: folder.ProfileOf(path),
		})
	})
}

// A JoinAsk says which folder is joined, by which invitation.
type JoinAsk struct {
	Folder     string `json:"folder"`
	Person     string `json:"person"`
	Invitation string `json:"invitation"` // path of its file; empty for a folder that is not sealed
	Words      string `json:"words"`
	Briefs     bool   `json:"briefs"` // of a sealed workspace: this machine keeps briefs in the folder
}

// mostInvitation is how large the file of an invitation is at most.
const mostInvitation = 1 << 20

// Join joins the workspace that is shared in a folder.
func (s *Sharing) Join(ask JoinAsk) error {
	return s.change("Sharing.Join", func(share *folder.Share) error {
		path, err := absolute(ask.Folder)
		if err != nil {
			return err
		}
		person, err := s.app.sits(ask.Person)
		if err != nil {
			return err
		}
		var invitation []byte
		if ask.Invitation != "" {
			if invitation, err = readInvitation(ask.Invitation); err != nil {
				return err
			}
		}
		return share.Join(s.app.sharing.ctx, folder.JoinOptions{
			Folder: path, Person: person, Invitation: invitation, Words: strings.ToLower(strings.Join(strings.Fields(ask.Words), " ")),
			Briefs: ask.Briefs, Profile: folder.ProfileOf(path),
		})
	})
}

func readInvitation(path string) ([]byte, error) {
	path, err := absolute(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err == nil && (info.IsDir() || info.Size() > mostInvitation) {
		return nil, &Error{Code: codeInvalid, Message: filepath.Base(path) + " is no invitation.", Hint: "Choose the file that you were sent."}
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(path)
	}
	if err != nil {
		return nil, &Error{Code: codeInvalid, Message: "The invitation could not be read: " + reason(err) + ".", Hint: "Choose the file that you were sent."}
	}
	return data, nil
}

// An InviteAsk says who is invited, and where the file for them is kept.
type InviteAsk struct {
	For  string `json:"for"`
	Path string `json:"path"`
	Days int    `json:"days"` // how long it is good for
}

// An InvitationView is what was made for somebody: a file, and words that are
// told another way.
type InvitationView struct {
	For   string   `json:"for"`
	Path  string   `json:"path"`
	Words []string `json:"words"`
	Until int64    `json:"until"`
}

// Invite makes an invitation and keeps its file. It never writes over one.
func (s *Sharing) Invite(ask InviteAsk) (*InvitationView, error) {
	var view *InvitationView
	err := s.change("Sharing.Invite", func(share *folder.Share) error {
		path, err := absolute(ask.Path)
		if err != nil {
			return err
		}
		if ask.Days < 1 || ask.Days > 365 {
			return &Error{Code: codeInvalid, Message: "An invitation is good for a day to a year.", Hint: ""}
		}
		if _, err := os.Lstat(path); err == nil {
			return &Error{Code: codeInvalid, Message: filepath.Base(path) + " is there already.", Hint: "Choose another name: an invitation may be in it that somebody waits for."}
		}
		name := short(strings.TrimSpace(ask.For), maxName)
		made, err := share.Invite(s.app.sharing.ctx, folder.InviteOptions{For: name, Valid: time.Duration(ask.Days) * 24 * time.Hour})
		if err != nil {
			return err
		}
		if err := keepInvitation(path, made.File); err != nil {
			return err
		}
		view = &InvitationView{For: name, Path: path, Words: strings.Fields(made.Words), Until: ms(made.Until)}
		return nil
	})
	return view, err
}

func keepInvitation(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.Write(data)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return &Error{Code: codeInvalid, Message: "The invitation could not be kept: " + reason(err) + ".", Hint: "Choose another place for it."}
	}
	return nil
}

// Remove removes a machine from those that share the workspace.
func (s *Sharing) Remove(device string) error {
	return s.change("Sharing.Remove", func(share *folder.Share) error { return share.Remove(s.app.sharing.ctx, device) })
}

// Leave stops sharing. The folder is left as it is, and so is what is here.
func (s *Sharing) Leave() error {
	return s.change("Sharing.Leave", func(share *folder.Share) error { return share.Leave(s.app.sharing.ctx) })
}

// change changes how the workspace is shared, and wakes what runs.
func (s *Sharing) change(name string, do func(*folder.Share) error) error {
	_, err := call(s.app, name, func() (struct{}, error) {
		s.app.sharing.paint()
		share, err := s.app.sharing.engine()
		if err == nil {
			err = do(share)
		}
		s.app.sharing.start()
		return struct{}{}, asSharingError(err)
	})
	return err
}

// asSharingError keeps the sentence of an error of the folder: it is no fault
// of the program.
func asSharingError(err error) error {
	if err == nil {
		return nil
	}
	if e := asError(err); e.Code != codeInternal {
		return e
	}
	return &Error{Code: codeInvalid, Message: sentence(err.Error()), Hint: "Nothing that is recorded here was changed."}
}

// sits keeps who sits before the window, where nobody said yet, and returns
// who does.
func (a *App) sits(name string) (string, error) {
	if err := a.introduce(strings.TrimSpace(name)); err != nil {
		return "", err
	}
	return a.me()
}

// absolute is the path that somebody typed or chose.
func absolute(path string) (string, error) {
	path = strings.TrimSpace(path)
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || rest[0] == filepath.Separator) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		path = home + rest
	}
	if path == "" || !filepath.IsAbs(path) {
		return "", &Error{Code: codeInvalid, Message: "That is no place on this machine.", Hint: "Write the whole path, such as ~/Sync/incidents, or choose it."}
	}
	return filepath.Clean(path), nil
}

// reason is why a file could not be used, without its path.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}

// within says what is wrong with a folder that lies in the workspace, or in
// which the workspace lies; nothing where neither does.
func (a *App) within(path string) string {
	ws := a.ws.Dir()
	switch {
	case lies(path, ws):
		return "This folder lies in the folder of the workspace itself, which must not be carried between machines."
	case lies(ws, path):
		return fmt.Sprintf("The workspace itself lies in this folder, at %s: what carries the folder would tear its database.", ws)
	default:
		return ""
	}
}

// lies reports whether a path lies in a folder, or is it.
func lies(path, in string) bool {
	rel, err := filepath.Rel(followed(in), followed(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// followed is a path without the symbolic links in it, as far as it is there.
func followed(path string) string {
	if there, err := filepath.EvalSymlinks(path); err == nil {
		return there
	}
	if up := filepath.Dir(path); up != path {
		return filepath.Join(followed(up), filepath.Base(path))
	}
	return path
}
