package historytest

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/directory"
	"bearings/internal/workspace"
)

// devices is how many machines fill a folder.
const devices = 10

// Fill makes a plain shared folder of so many records, that ten machines wrote
// in the three years before now, in incidents of 2,500 records.
func Fill(dir string, records int, now time.Time) error {
	scratch, err := os.MkdirTemp("", "bearings-history-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	const years = 3 * 365 * 24 * time.Hour
	h := History{Records: records, Incident: min(records, 2500), From: now.Add(-years), Over: years - 24*time.Hour, Seed: 1}
	for i := range devices {
		author, id, err := member(filepath.Join(scratch, fmt.Sprint(i)), dir, i == 0)
		if err != nil {
			return fmt.Errorf("let machine %d join: %w", i, err)
		}
		h.Authors, h.Workspace = append(h.Authors, author), id
	}
	ctx, at := context.Background(), h.From
	c, err := directory.Open(dir, directory.Options{Now: func() time.Time { return at }})
	if err != nil {
		return err
	}
	err = h.Write(func(s Stretch) error {
		at = s.At
		return c.Publish(ctx, s.Run, s.First, s.Lines)
	})
	return errors.Join(err, c.Close())
}

// member makes a machine that shares the folder, and returns what it signs
// with and the identity of the workspace.
func member(at, dir string, founds bool) (Author, string, error) {
	ws, err := workspace.Open(at, workspace.Options{})
	if err != nil {
		return Author{}, "", err
	}
	defer ws.Close()
	share, err := folder.Open(ws, folder.Options{})
	if err != nil {
		return Author{}, "", err
	}
	defer share.Close()
	if founds {
		err = share.Found(context.Background(), folder.FoundOptions{Folder: dir, Name: "Three years", Person: "Ana", Profile: folder.Live})
	} else {
		err = share.Join(context.Background(), folder.JoinOptions{Folder: dir, Person: "Ana", Profile: folder.Live})
	}
	if err == nil {
		_, err = share.Once(context.Background(), nil)
	}
	if err != nil {
		return Author{}, "", err
	}
	text, err := os.ReadFile(filepath.Join(at, "device.key"))
	if err != nil {
		return Author{}, "", err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return Author{}, "", errors.New("its key cannot be read")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return Author{}, "", err
	}
	signing, ok := key.(ed25519.PrivateKey)
	if !ok {
		return Author{}, "", errors.New("its key is of another kind")
	}
	return Author{Device: ws.Device().ID, Key: signing}, ws.ID(), nil
}
