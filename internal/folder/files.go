package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"time"

	"bearings/internal/folder/carrier"
	"bearings/internal/workspace"
)

// files carries the files of evidence: those that are here into the folder,
// those that are there to this machine. The record of an evidence never waits
// for its file.
type files struct {
	sent    map[string]bool      // they are in the folder
	own     map[string]bool      // named by what this process published
	removed map[string]bool      // redacted, and taken out of the folder
	lacks   map[string]time.Time // here and not in the folder, since when
	upTo    int64                // the last batch whose files were looked at
	again   time.Time            // when all are to be looked at again
	absent  []string             // named, and not here
}

func newFiles() files {
	return files{sent: map[string]bool{}, own: map[string]bool{}, removed: map[string]bool{}, lacks: map[string]time.Time{}}
}

var sumInLine = regexp.MustCompile(`"sha256":"([0-9a-f]{64})"`)

// noteOwn notes which files lines name that this device wrote: it puts these
// into the folder at once.
func (f *files) noteOwn(lines []workspace.Line) {
	for _, l := range lines {
		for _, found := range sumInLine.FindAllSubmatch(l.Bytes, -1) {
			f.own[string(found[1])] = true
		}
	}
}

func (s *Share) carryFiles(ctx context.Context, r *Report, alone bool) error {
	now := s.o.Now()
	if s.held.upTo > s.files.upTo || !now.Before(s.files.again) {
		if err := s.sortFiles(ctx, r, now, alone); err != nil {
			return err
		}
	}
	return s.fetchAll(ctx, r)
}

// sortFiles goes through all files that evidence names.
func (s *Share) sortFiles(ctx context.Context, r *Report, now time.Time, alone bool) error {
	upTo := s.held.upTo
	named, err := s.w.NamedFiles()
	if err != nil {
		return err
	}
	if !now.Before(s.files.again) {
		clear(s.files.sent)
		clear(s.files.removed)
		s.files.again = now.Add(lookAgain)
	}
	s.files.absent = s.files.absent[:0]
	waiting := false
	for _, f := range named {
		s.beat()
		switch {
		case f.Redacted:
			err = s.removeFile(ctx, f.SHA256)
		case !s.w.HasBlob(f.SHA256):
			s.files.absent = append(s.files.absent, f.SHA256)
		case !s.files.sent[f.SHA256]:
			var done bool
			done, err = s.sendFile(ctx, f.SHA256, now, alone, r)
			waiting = waiting || !done
		}
		if errors.Is(err, ErrNoKey) {
			waiting, err = true, nil
		}
		if err != nil {
			return err
		}
	}
	if !waiting {
		s.files.upTo = upTo
	}
	return nil
}

// sendFile puts a file into the folder, if it is not there and this device has
// named it, or nobody has put it there for a while; one that stays there in
// part is replaced after as long. It reports whether it is there.
func (s *Share) sendFile(ctx context.Context, sum string, now time.Time, alone bool, r *Report) (bool, error) {
	var partial []string
	for _, name := range s.codec.BlobNames(sum) {
		there, err := s.carrier.Blob(ctx, name)
		if errors.Is(err, carrier.ErrNotHere) {
			continue
		}
		if err != nil {
			return false, err
		}
		cut := s.isCut(there, sum)
		if err := there.Close(); err != nil {
			return false, err
		}
		if !cut {
			s.files.sent[sum] = true
			delete(s.files.lacks, sum)
			return true, nil
		}
		partial = append(partial, name)
	}
	since, known := s.files.lacks[sum]
	if !known {
		since = now
		s.files.lacks[sum] = now
	}
	waits := now.Sub(since) < healAfter+s.turn()
	if !alone && !s.files.own[sum] && waits || len(partial) > 0 && waits {
		return false, nil
	}
	for _, name := range partial { // it was left behind: what is still on its way has come by now
		if err := s.carrier.RemoveBlob(ctx, name); err != nil {
			return false, err
		}
	}
	if err := s.putFile(ctx, sum); err != nil {
		return false, err
	}
	s.files.sent[sum] = true
	delete(s.files.lacks, sum) // what is cut off later has waited for nothing yet
	r.Sent++
	return true, nil
}

// isCut reports whether a file of the folder is shorter than what it is to
// hold: it is there in part only. Sealed, it is longer.
func (s *Share) isCut(there io.Reader, sum string) bool {
	sized, ok := there.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return false
	}
	info, err := sized.Stat()
	if err != nil {
		return false
	}
	size, err := s.w.BlobSize(sum)
	return err == nil && info.Size() < size
}

func (s *Share) putFile(ctx context.Context, sum string) error {
	plain, err := s.w.OpenBlob(sum)
	if err != nil {
		s.w.Log().Warn("share a file", "error", err) // check tells what is wrong with it
		return nil
	}
	defer plain.Close()
	name, sealed, err := s.codec.SealBlob(sum, plain)
	if err != nil {
		return err
	}
	return s.carrier.PutBlob(ctx, name, felt{sealed, s.beat})
}

// removeFile takes a file that was redacted out of the folder.
func (s *Share) removeFile(ctx context.Context, sum string) error {
	if s.files.removed[sum] {
		return nil
	}
	for _, name := range s.codec.BlobNames(sum) {
		if err := s.carrier.RemoveBlob(ctx, name); err != nil {
			return err
		}
	}
	s.files.removed[sum] = true
	return nil
}

// fetchAll fetches what is named, not here, and there.
func (s *Share) fetchAll(ctx context.Context, r *Report) error {
	var still []string
	for _, sum := range s.files.absent {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.beat()
		came, err := s.fetch(ctx, sum)
		if err != nil {
			return err
		}
		if !came {
			still = append(still, sum)
			continue
		}
		r.Fetched++
		s.files.sent[sum] = true
		left := len(s.files.absent) - r.Fetched
		s.set(func(st *State) { st.ToFetch = left })
	}
	s.files.absent = still
	return nil
}

// fetch fetches a file, and reports whether it is here now, or never to be. One
// that is there in part only is tried again.
func (s *Share) fetch(ctx context.Context, sum string) (bool, error) {
	for _, name := range s.codec.BlobNames(sum) {
		there, err := s.carrier.Blob(ctx, name)
		if errors.Is(err, carrier.ErrNotHere) {
			continue
		}
		if err != nil {
			return false, err
		}
		err = s.keepFile(sum, name, there)
		if err == nil {
			return true, nil
		}
		if typed := new(workspace.Error); errors.As(err, &typed) {
			switch typed.Code {
			case workspace.CodeRedacted:
				return true, nil
			case workspace.CodeDiskFull, workspace.CodeReadOnly:
				return false, err
			}
		}
	}
	return false, nil
}

func (s *Share) keepFile(sum, name string, there io.ReadCloser) error {
	defer there.Close()
	plain, err := s.codec.OpenBlob(name, felt{there, s.beat})
	if err != nil {
		return fmt.Errorf("open a file of evidence: %w", err)
	}
	return s.w.KeepBlob(sum, plain)
}
