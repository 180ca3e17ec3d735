package historytest

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/carrier"
	"bearings/internal/folder/directory"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// devices is how many machines fill a folder.
const devices = 10

// Fill makes a plain shared folder of so many records, that ten machines wrote
// in the three years before now, in incidents of 2,500 records, and packed. In
// the profile of clouds each line was a file before that.
func Fill(dir string, records int, now time.Time, p folder.Profile) error {
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
	f := filling{dir: dir, cloud: p == folder.Cloud, at: h.From, by: map[record.Run]int{}}
	if err := f.start(); err != nil {
		return err
	}
	err = h.Write(func(s Stretch) error {
		f.at, f.by[s.Run] = s.At, s.Author
		if p != folder.Cloud {
			return f.publish(s)
		}
		for i := range s.Lines {
			one := s
			one.First, one.Lines = s.First+uint64(i), s.Lines[i:i+1]
			if err := f.publish(one); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = f.pack()
	}
	return errors.Join(err, f.to.Close())
}

// A filling is a folder that is being filled.
type filling struct {
	dir   string
	cloud bool
	to    *directory.Folder
	at    time.Time
	by    map[record.Run]int // who writes
	since int                // files since it was last packed
}

// start begins anew, as a program does: nothing is appended to any more.
func (f *filling) start() (err error) {
	if f.to != nil {
		err = f.to.Close()
	}
	if err == nil {
		f.to, err = directory.Open(f.dir, directory.Options{Now: func() time.Time { return f.at }, Cloud: f.cloud})
	}
	return err
}

// packEvery is after how many files all machines pack.
const packEvery = 2000

func (f *filling) publish(s Stretch) error {
	if err := f.to.Publish(context.Background(), s.Run, s.First, s.Lines); err != nil {
		return err
	}
	if f.since++; f.since < packEvery {
		return nil
	}
	return f.pack()
}

// pack lets every machine pack what it has written, as far as it is worth it.
func (f *filling) pack() error {
	f.since = 0
	if err := f.start(); err != nil {
		return err
	}
	ctx := context.Background()
	marks := carrier.Marks{}
	read := func() error {
		for more := true; more; {
			d, err := f.to.Pull(ctx, marks, 8<<20)
			if err != nil {
				return err
			}
			maps.Copy(marks, d.Marks)
			more = d.More
		}
		return nil
	}
	for author := range devices {
		for gone := 1; gone > 0; {
			err := read()
			if err == nil {
				gone, err = f.to.Pack(ctx, carrier.Packing{
					Before: time.Now().Add(time.Hour), // what was just written stands for what was written long ago
					Mine:   func(run record.Run) bool { by, ok := f.by[run]; return ok && by == author },
					Still:  func([]byte) bool { return true },
				})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
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
