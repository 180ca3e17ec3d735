package directory

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"bearings/internal/folder/carrier"
)

const documentEnd = ".json"

// documentFolders are where documents lie.
var documentFolders = []string{"invitations", "keys", "members", "removals"}

// A paper is a document that was read, and what its file was then.
type paper struct {
	size    int64
	changed time.Time
	body    []byte // nil where it is not whole
}

// documentName takes the name of a document apart.
func documentName(name string) (folder, file string, err error) {
	folder, file, found := strings.Cut(name, "/")
	stem, ok := strings.CutSuffix(file, documentEnd)
	if !found || !ok || !plainName(folder) || !plainName(stem) {
		return "", "", fmt.Errorf("%.80q is no name of a document", name)
	}
	return folder, file, nil
}

// Put writes a document under another name first. One that is there in part,
// or damaged, is replaced by the whole one.
func (f *Folder) Put(_ context.Context, d carrier.Document) error {
	folder, file, err := documentName(d.Name)
	if err != nil {
		return err
	}
	if len(d.Body) > carrier.MaxDocument {
		return fmt.Errorf("document %s has %d bytes, at most %d are allowed", d.Name, len(d.Body), carrier.MaxDocument)
	}
	return f.changing("keep "+d.Name, func() error {
		if err := f.ours(); err != nil {
			return err
		}
		here, err := f.readSmall(folder, file)
		switch {
		case err == nil && bytes.Equal(here, d.Body):
			return nil
		case err == nil && json.Valid(here):
			return carrier.ErrTaken
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return err
		}
		if err := f.mkdir(folder); err != nil {
			return err
		}
		return f.place(path.Join(folder, file), d.Body)
	})
}

// Documents reads the documents again that changed since it last did.
func (f *Folder) Documents(ctx context.Context) ([]carrier.Document, error) {
	all, err := f.documents(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the documents in %s: %w", f.root, trouble(err))
	}
	return all, nil
}

func (f *Folder) documents(ctx context.Context) ([]carrier.Document, error) {
	if err := f.ours(); err != nil {
		return nil, err
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	papers := map[string]paper{}
	var all []carrier.Document
	for _, folder := range documentFolders {
		_, files, err := f.list(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, file := range files {
			name := path.Join(folder, file)
			if _, _, err := documentName(name); err != nil {
				continue
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			p, err := f.readPaper(name)
			if err != nil {
				continue // it has not been fetched, or went away
			}
			papers[name] = p
			if p.body != nil {
				all = append(all, carrier.Document{Name: name, Body: p.body})
			}
		}
	}
	f.papers = papers
	return all, nil
}

func (f *Folder) readPaper(name string) (paper, error) {
	info, err := f.disk.Stat(f.path(name))
	if err != nil {
		return paper{}, err
	}
	p, ok := f.papers[name]
	if ok && p.size == info.Size() && p.changed.Equal(info.ModTime()) {
		return p, nil
	}
	p = paper{size: info.Size(), changed: info.ModTime()}
	body, err := f.readSmall(name)
	if err == nil && json.Valid(body) {
		p.body = body
	}
	return p, err
}
