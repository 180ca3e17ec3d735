package folder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/folder/seal"
	"bearings/internal/workspace"
)

// The codes of errors about setting up.
const (
	CodeNotFounded = "not_founded" // nothing is shared in a folder, or it has not arrived
	CodeFounded    = "founded"     // another workspace is shared in a folder
	CodeFolder     = "folder"      // a folder that cannot be used
)

// Found shares this workspace in a folder where nothing is shared yet, or puts
// it back into one that was emptied.
func (s *Share) Found(ctx context.Context, o FoundOptions) error {
	return s.setUp(o.Folder, o.Profile, func(c carrier.Carrier, path string) error {
		o.Folder = path
		if o.Name == "" {
			o.Name = filepath.Base(path)
		}
		if s.as != nil {
			return s.foundAgain(ctx, c, path, o)
		}
		here, err := c.Marker(ctx)
		switch {
		case err == nil && here.Workspace == s.w.ID(): // it was founded before, and goes on
			_, err = s.newcomer().join(ctx, c, JoinOptions{Folder: path, Person: o.Person, Profile: o.Profile})
			return err
		case err == nil:
			return carrier.ErrFounded
		case !errors.Is(err, carrier.ErrNoMarker) && !errors.Is(err, fs.ErrNotExist):
			return err
		}
		_, err = s.newcomer().found(ctx, c, o)
		return err
	})
}

// foundAgain shares what is shared already in a folder that was emptied, or in
// another one: by whomever, it is the workspace that it was.
func (s *Share) foundAgain(ctx context.Context, c carrier.Carrier, path string, o FoundOptions) error {
	l := *s.as
	l.Folder, l.Profile, l.Briefs = path, o.Profile, o.Briefs
	m := carrier.Marker{Format: markerFormat, Workspace: s.w.ID(), Sealed: l.Sealed, Founder: l.Founder, Founded: s.o.Now().UTC().Truncate(time.Second)}
	if !l.Sealed {
		m.Name = l.Name
	}
	if err := c.Found(ctx, m); err != nil {
		return err
	}
	if err := l.keep(s.w); err != nil {
		return err
	}
	return s.who.exchange(ctx, c)
}

func (s *Share) newcomer() newcomer { return newcomer{s.w, s.o.Now, s.o.Machine} }

// Join shares the workspace that is shared in a folder already. This one must
// be it, or be empty.
func (s *Share) Join(ctx context.Context, o JoinOptions) error {
	return s.setUp(o.Folder, o.Profile, func(c carrier.Carrier, path string) error {
		o.Folder = path
		_, err := s.newcomer().join(ctx, c, o)
		if err != nil {
			return adoptError(err, path)
		}
		l, err := linkOf(s.w)
		if err != nil {
			return err
		}
		l.Briefs = o.Briefs || !l.Sealed // whoever sees a plain folder reads what is in it in any case
		return l.keep(s.w)
	})
}

// setUp changes how the workspace is shared, and goes on by that.
func (s *Share) setUp(folder string, p Profile, do func(c carrier.Carrier, path string) error) error {
	s.step.Lock()
	defer s.step.Unlock()
	path, err := s.usable(folder)
	if err != nil {
		return err
	}
	c, err := s.o.Open(path, p)
	if err != nil {
		return err
	}
	if err := errors.Join(do(c, path), c.Close()); err != nil {
		return explain(err, path)
	}
	if s.as != nil {
		// It may have been emptied, or is another one: it is read anew, and given
		// all that it lacks.
		if err := s.w.ForgetCarrier(s.name()); err != nil {
			return err
		}
	}
	if err := s.detach(); err != nil {
		s.w.Log().Warn("let go of a shared folder", "error", err)
	}
	l, err := linkOf(s.w)
	if err != nil {
		return err
	}
	return s.attach(l)
}

func adoptError(err error, path string) error {
	typed := new(workspace.Error)
	if !errors.As(err, &typed) || typed.Code != workspace.CodeConflict {
		return err
	}
	return &workspace.Error{
		Code:    workspace.CodeConflict,
		Message: "this workspace has incidents of its own, and cannot join the one in " + path + "; nothing was changed",
		Hint:    "Join with an empty workspace (name a new folder with --workspace), then import what you exported here.",
	}
}

// AllowBriefs says whether this machine puts briefs into the folder, where
// whoever has the folder can read them. In a sealed workspace it does so only
// after it was told to; briefs that are there stay.
func (s *Share) AllowBriefs(allow bool) error {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return notShared()
	}
	l := *s.as
	l.Briefs = allow
	if err := l.keep(s.w); err != nil {
		return err
	}
	s.as, s.briefs = &l, newBriefs()
	return nil
}

// Leave ends sharing. The folder is left as it is, and so is all that is here.
func (s *Share) Leave(context.Context) error {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return nil
	}
	if err := s.w.ForgetCarrier(s.name()); err != nil {
		return err
	}
	if err := (*link)(nil).keep(s.w); err != nil {
		return err
	}
	err := s.detach()
	s.set(func(st *State) { *st = State{Phase: Alone} })
	return err
}

// Invite makes an invitation for one machine.
func (s *Share) Invite(ctx context.Context, o InviteOptions) (Invitation, error) {
	var i Invitation
	err := s.asMember(ctx, func() (err error) {
		i, err = s.who.invite(s.as.Name, o, cmp.Or(s.o.Work, seal.WorkFactor))
		return err
	})
	return i, err
}

// Remove takes a device out of the members. What it has, it keeps.
func (s *Share) Remove(ctx context.Context, device string) error {
	return s.asMember(ctx, func() error { return s.who.remove(device) })
}

// asMember does something to the members, knowing what the folder says of them,
// and puts what comes of it into the folder where that can be reached.
func (s *Share) asMember(ctx context.Context, do func() error) error {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return notShared()
	}
	if err := s.reach(ctx); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	err := s.reach(ctx)
	s.stand(nil)
	return err
}

func (s *Share) reach(ctx context.Context) error {
	err := s.sameMarker(ctx)
	if err == nil {
		err = s.lookUp()
	}
	if err == nil {
		err = s.meet(ctx)
	}
	if isTrouble(err) {
		return nil // the next round does it
	}
	return err
}

// Check reads every line, document and file of the folder to its last byte, and
// says what is wrong. It changes nothing.
func (s *Share) Check(ctx context.Context, progress func(done, total int64)) (FolderReport, error) {
	s.step.Lock()
	defer s.step.Unlock()
	if s.as == nil {
		return FolderReport{}, notShared()
	}
	c, err := s.o.Open(s.as.Folder, s.as.Profile)
	if err != nil {
		return FolderReport{}, err
	}
	report, err := s.who.inspect(ctx, c, s.as, progress)
	if err = errors.Join(err, c.Close()); err != nil {
		err = explain(err, s.as.Folder)
	}
	return report, err
}

// Look says what lies in a folder that somebody chose.
func Look(ctx context.Context, path string) (Finding, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return Finding{}, nil
	}
	if err != nil {
		return Finding{}, fmt.Errorf("look into %s: %w", path, err)
	}
	if !info.IsDir() {
		return Finding{}, &workspace.Error{Code: CodeFolder, Message: path + " is a file", Hint: "Choose a folder."}
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return Finding{}, fmt.Errorf("look into %s: %w", path, err)
	}
	f := Finding{There: true, Empty: true}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			f.Files++
			f.Empty = false
		}
	}
	c, err := directory.Open(path, directory.Options{})
	if err != nil {
		return f, err
	}
	defer c.Close()
	m, err := c.Marker(ctx)
	switch {
	case err == nil:
		f.Marker = &m
	case errors.Is(err, carrier.ErrNewer):
		f.Newer = true
	case !errors.Is(err, carrier.ErrNoMarker):
		return f, err
	}
	return f, nil
}

// cloudFolders are names that folders of engines have which carry whole files
// and are slow with ones that grow.
var cloudFolders = []string{"OneDrive", "Dropbox", "Mobile Documents", "iCloudDrive", "iCloud Drive", "Google Drive", "GoogleDrive"}

// ProfileOf returns how a folder is best written to, by where it lies.
func ProfileOf(path string) Profile {
	for _, part := range strings.Split(filepath.ToSlash(path), "/") {
		for _, name := range cloudFolders {
			if part == name || strings.HasPrefix(part, name+" - ") || strings.HasPrefix(part, name+" (") || strings.HasPrefix(part, name+"-") {
				return Cloud
			}
		}
	}
	return Live
}

// usable returns the whole path of a folder, unless the workspace lies in it or
// it in the workspace.
func (s *Share) usable(path string) (string, error) {
	if strings.TrimSpace(path) == "" {
		return "", &workspace.Error{Code: CodeFolder, Message: "no folder is named", Hint: "Name the one that is shared."}
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", path, err)
	}
	for _, pair := range [][2]string{{whole, s.w.Dir()}, {s.w.Dir(), whole}} {
		rel, err := filepath.Rel(pair[0], pair[1])
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return "", &workspace.Error{
				Code:    CodeFolder,
				Message: "the shared folder and the workspace cannot lie in each other: what carries the one would damage the other",
				Hint:    "Choose another folder.",
			}
		}
	}
	return whole, nil
}

// explain says what is wrong with a folder, what that means, and what to do.
func explain(err error, path string) error {
	const safe = "; nothing was changed, and nothing is lost"
	switch {
	case errors.Is(err, carrier.ErrNewer):
		return &workspace.Error{Code: workspace.CodeNewer, Message: "the shared folder " + path + " is in a format that this version does not know" + safe, Hint: "Update Bearings."}
	case errors.Is(err, carrier.ErrFounded):
		return &workspace.Error{
			Code: CodeFounded, Message: "another workspace is shared in " + path + safe,
			Hint: "Choose another folder, or join that one with an empty workspace.",
		}
	case errors.Is(err, carrier.ErrNoMarker):
		return &workspace.Error{
			Code: CodeNotFounded, Message: "no workspace is shared in " + path + ", or what says so has not arrived yet" + safe,
			Hint: "Wait until the folder is in step. To share this workspace there, or to fill a folder again that was emptied, use --new: only that founds one.",
		}
	case errors.Is(err, carrier.ErrReadOnly):
		return &workspace.Error{Code: workspace.CodeReadOnly, Message: "the shared folder " + path + " cannot be written to; what is here is safe", Hint: "Make it writable for you, then do it again."}
	case errors.Is(err, carrier.ErrFull):
		return &workspace.Error{Code: workspace.CodeDiskFull, Message: "the shared folder " + path + " has no room left; what is here is safe, and is shared when there is room", Hint: "Make room, then do it again."}
	case errors.Is(err, carrier.ErrUnreachable):
		return &workspace.Error{
			Code: CodeFolder, Message: "the shared folder " + path + " cannot be reached; what is here is safe",
			Hint: "Look whether it is there, its drive is connected, and what shares it is running.",
		}
	default:
		return err
	}
}

// Explain says what an error of sharing means, in the words of people.
func (s *Share) Explain(err error) error { return explain(err, s.State().Folder) }
