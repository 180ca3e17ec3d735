package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// MostBytes is the largest file that is taken in.
const MostBytes = 1 << 30

// mostText is the longest text, in bytes, that a record carries itself. A
// longer one is kept as a file.
const mostText = 16 << 10

// A Source is where an evidence comes from: just one of Path, Data, Text and
// URL.
type Source struct {
	Path string // a file on this machine; whoever named it is not trusted
	Data []byte // the bytes of a file without a path, such as a pasted picture
	Text string
	URL  string // shown with its host; never fetched

	Name string // of Data; where empty, what the bytes are makes one
	How  string // how it came: "drop", "paste", "dialog", "command line", "typed"
}

// An opened source is a file that is ready to be read.
type opened struct {
	io.Reader
	name     string
	size     int64     // when it was opened
	modified time.Time // zero where nothing says it
	file     *os.File  // nil for bytes
}

func (o *opened) close() {
	if o.file != nil {
		_ = o.file.Close() // it was only read
	}
}

// open opens the file of a source. Only plain files are: whatever else a path
// may name could be endless, or wait for ever. Dir is the workspace, whose own
// files, the device's key among them, stay where they are.
func (s *Source) open(dir string) (*opened, error) {
	if s.Path == "" {
		o := &opened{Reader: bytes.NewReader(s.Data), size: int64(len(s.Data))}
		if s.Name != "" {
			o.name = SafeName(s.Name)
		}
		return o, nil
	}
	info, err := os.Stat(s.Path) // follows a link, and finds out that it leads in a circle
	if err != nil {
		return nil, unreadable(err)
	}
	if err := plain(info); err != nil {
		return nil, err
	}
	if inside(dir, s.Path) {
		return nil, &Error{Code: codeRefused, Message: "it belongs to Bearings' own store", Hint: "Export the incident, and take that file."}
	}
	// Something else may have taken its place since: opening that must not wait.
	f, err := os.OpenFile(s.Path, os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, unreadable(err)
	}
	if info, err = f.Stat(); err == nil {
		err = plain(info)
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return &opened{Reader: io.LimitReader(f, info.Size()), name: SafeName(s.Path), size: info.Size(), modified: info.ModTime(), file: f}, nil
}

func plain(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return &Error{Code: codeRefused, Message: "it is a folder", Hint: "Take the files in it."}
	case !info.Mode().IsRegular():
		return &Error{Code: codeRefused, Message: "it is not a file but a device or a pipe", Hint: "Copy what it gives into a file, and take that."}
	case info.Size() > MostBytes:
		return &Error{
			Code:    CodeTooBig,
			Message: "it is larger than 1 GiB",
			Hint:    "Cut out the part that shows it, and take that.",
		}
	}
	return nil
}

func unreadable(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &Error{Code: codeGone, Message: "it is not there any more", Hint: "Take it again from where it is now."}
	case errors.Is(err, fs.ErrPermission):
		return &Error{Code: codeRefused, Message: "you may not read it", Hint: "Copy it to where you may, and take that."}
	case isLoop(err):
		return &Error{Code: codeRefused, Message: "it is a link that leads in a circle", Hint: "Take the file itself."}
	default:
		return fmt.Errorf("open it: %w", err)
	}
}

// inside reports whether a path leads into dir, also through links.
func inside(dir, path string) bool {
	real := func(p string) string {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if to, err := filepath.EvalSymlinks(p); err == nil {
			return to
		}
		return p
	}
	rel, err := filepath.Rel(real(dir), real(path))
	return err == nil && filepath.IsLocal(rel)
}

// The codes of what could not be taken in, beside those of content.
const (
	codeGone    = "gone"    // not there any more
	codeChanged = "changed" // got shorter while it was read
	codeRefused = "refused" // nothing that can be taken
)

// whole checks that all of a file came that was there when it was opened, and
// reports whether somebody wrote into it meanwhile.
func (o *opened) whole(read int64) (writing bool, err error) {
	if read < o.size {
		return false, &Error{
			Code:    codeChanged,
			Message: "it got shorter while it was read",
			Hint:    "Take it again when nobody writes it.",
		}
	}
	if o.file == nil {
		return false, nil
	}
	info, err := o.file.Stat()
	if err != nil {
		return false, fmt.Errorf("look at it again: %w", err)
	}
	return info.Size() != o.size || !info.ModTime().Equal(o.modified), nil
}
