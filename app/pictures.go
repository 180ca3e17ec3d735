package app

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"

	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// Pictures of evidence reach the page over HTTP, and only as pictures that
// were drawn anew: no byte of an original does. They are made when somebody
// first asks, and kept in the cache of the workspace by the hash of the
// original, which redacting clears.

// How an evidence is drawn: as one of many, or to be looked at.
const (
	thumbForm = "thumb"
	largeForm = "picture"
)

const thumbMost = 320 // pixels of the longer side

// drawingName is what a drawing of a file is called in the cache, by its hash.
func drawingName(sum, form string) string { return sum + "-" + form }

// Pictures answers GET /evidence/{incident}/{id}/thumb and …/picture. What is
// no picture, is redacted, or cannot be shown is not found.
func (a *App) Pictures() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /evidence/{incident}/{id}/{form}", func(w http.ResponseWriter, r *http.Request) {
		name, err := call(a, "Pictures", func() (string, error) {
			path, err := a.drawn(r.PathValue("incident"), r.PathValue("id"), r.PathValue("form"))
			if errors.Is(err, errUnseen) {
				return "", nil
			}
			return path, err
		})
		if err == nil && name == "" {
			w.WriteHeader(http.StatusNoContent) // the page took its question back
			return
		}
		if err == nil {
			err = servePicture(w, r, name)
		}
		if err != nil {
			http.NotFound(w, r)
		}
	})
	return mux
}

func servePicture(w http.ResponseWriter, r *http.Request, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	kind := http.DetectContentType(head[:n]) // of our own drawing
	if kind != "image/png" && kind != "image/jpeg" {
		return fmt.Errorf("a drawing is %s", kind)
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	w.Header().Set("ETag", `"`+filepath.Base(path)+`"`)
	http.ServeContent(w, r, "", info.ModTime(), f)
	return nil
}

// drawn returns the path of a picture of an evidence, which is drawn if need
// be.
func (a *App) drawn(id, ref, form string) (string, error) {
	if form != thumbForm && form != largeForm {
		return "", notFound(form)
	}
	sum, err := a.shownBytes(id, ref)
	if err != nil {
		return "", err
	}
	name := drawingName(sum, form)
	path := a.ws.Cache(name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	err = a.drawings.draw(name, form == largeForm, func() error {
		if _, err := os.Stat(path); err == nil {
			return nil
		}
		if err := a.draw(path, sum, form); err != nil {
			return err
		}
		// Somebody may have redacted it while it was drawn.
		if _, err := a.shownBytes(id, ref); err != nil {
			return errors.Join(err, os.Remove(path))
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return path, nil
}

// shownBytes is the hash of the file of an evidence that may be shown.
func (a *App) shownBytes(id, ref string) (string, error) {
	s, err := a.namesAt(id, 0)
	if err != nil {
		return "", err
	}
	t, _ := s.Find(ref)
	e, ok := t.(*incident.Evidence)
	if !ok || e.Redacted || e.SHA256 == "" {
		return "", notFound(ref)
	}
	return e.SHA256, nil
}

func (a *App) draw(path, sum, form string) error {
	blob, err := a.ws.OpenBlob(sum)
	if err != nil {
		return err
	}
	defer blob.Close()
	at, ok := blob.(io.ReaderAt)
	if !ok {
		return errors.New("the file cannot be read from its middle")
	}
	size, err := blob.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	var drawing []byte
	if form == thumbForm {
		drawing, _, err = evidence.Thumbnail(at, size, thumbMost)
	} else {
		drawing, _, err = evidence.Rendering(at, size)
	}
	if err != nil {
		return err
	}
	return workspace.WriteDerived(path, drawing)
}
