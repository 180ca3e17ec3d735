// Package handout makes files of a brief: what a person is sent, prints, or
// opens on a phone without this program.
//
// Package brief is pure and writes bytes. Around it stands what it may not
// touch, here: the pictures of evidence, the fonts of this machine, and the
// files that are kept of every open incident. What holds here:
//
//   - Of a file of evidence, a picture drawn anew is shown, small, or nothing;
//     of what was struck or redacted, nothing.
//   - A file that is kept is there as a whole, or not at all, for its owner
//     alone.
//   - Keeping a brief never makes what caused it fail.
package handout

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg" // for the sizes of pictures that were drawn here
	_ "image/png"
	"io"
	"os"

	"bearings/internal/brief"
	"bearings/internal/brief/pdf"
	"bearings/internal/evidence"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

// pictureMost is the longer side of a picture, in pixels: as wide as a phone.
const pictureMost = 320

// HTML writes a brief of a state as one HTML file, with pictures of the
// evidence that it was drawn from. Printed, it is one sheet where a PDF is.
func HTML(ws *workspace.Workspace, s *incident.State, b *brief.Brief) ([]byte, error) {
	paper, err := pdf.Density(b, machineFonts.find)
	if err != nil {
		return nil, err
	}
	return brief.HTML(b, pictures(ws, s, b), paper)
}

// PDF writes a brief as a PDF. Characters that the page's own font lacks are
// set in fonts of this machine.
func PDF(b *brief.Brief, paper pdf.Paper) ([]byte, error) {
	return pdf.Write(b, pdf.Options{Paper: paper, Find: machineFonts.find})
}

// pictures draws the first few pictures among the sources of a brief. One that
// cannot be drawn is left out: its evidence is named all the same.
func pictures(ws *workspace.Workspace, s *incident.State, b *brief.Brief) []brief.Picture {
	var found []brief.Picture
	for _, n := range b.Page().Sources {
		t, _ := s.Find(n.ID)
		e, ok := t.(*incident.Evidence)
		if !ok || e.Redacted || e.Struck || e.SHA256 == "" {
			continue
		}
		if p, err := picture(ws, e); err == nil {
			found = append(found, p)
		}
		if len(found) == brief.MostPictures {
			break
		}
	}
	return found
}

func picture(ws *workspace.Workspace, e *incident.Evidence) (brief.Picture, error) {
	data, err := drawing(ws, e.SHA256)
	if err != nil {
		return brief.Picture{}, err
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return brief.Picture{}, err
	}
	if len(data) > brief.MostPicture {
		return brief.Picture{}, errors.New("the picture is too large")
	}
	return brief.Picture{Evidence: e.ID, Type: "image/" + format, Data: data, Width: config.Width, Height: config.Height}, nil
}

// drawing returns a small picture of a file. It is kept in the cache, where
// redacting finds it by its name; keeping it may fail.
func drawing(ws *workspace.Workspace, sum string) ([]byte, error) {
	kept := ws.Cache(sum + "-handout")
	if data, err := os.ReadFile(kept); err == nil {
		return data, nil
	}
	blob, err := ws.OpenBlob(sum)
	if err != nil {
		return nil, err
	}
	defer blob.Close()
	at, ok := blob.(io.ReaderAt)
	if !ok {
		return nil, errors.New("the file cannot be read from its middle")
	}
	size, err := blob.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	data, _, err := evidence.Thumbnail(at, size, pictureMost)
	if err != nil {
		return nil, err
	}
	if !ws.ReadOnly() {
		if err := workspace.WriteDerived(kept, data); err != nil {
			ws.Log().Warn("keep a picture for briefs", "error", err)
		}
	}
	return data, nil
}
