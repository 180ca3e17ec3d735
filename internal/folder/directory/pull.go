package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"bearings/internal/folder/carrier"
)

// A listed is a file of lines that is there.
type listed struct {
	name    string // its path in the folder
	size    int64
	changed time.Time
}

// A round is one look through all files, which may take several pulls.
type round struct {
	files   []listed // in order of their names: what was written earlier comes first
	next    int
	reached int64  // bytes of the file that is read next, where it was not read to its end
	open    *lines // of that pack, which would else be unpacked again up to there
	openAt  string // its mark
	done    int64  // bytes of files that are read, as they are listed
	total   int64
	recent  time.Time
	strays  []carrier.Stray // found when listing, and not told yet
}

// Pull reads whole lines that are new since marks. A file whose size and time
// are those that it was read with is passed over; of another it is first
// checked that it still goes on from where it was read, and else it is read
// anew. A line that is damaged is told and passed.
func (f *Folder) Pull(ctx context.Context, marks carrier.Marks, limit int) (carrier.Delivery, error) {
	d, err := f.pull(ctx, marks, limit)
	if err != nil {
		return carrier.Delivery{}, fmt.Errorf("read %s: %w", f.root, trouble(err))
	}
	return d, nil
}

func (f *Folder) pull(ctx context.Context, marks carrier.Marks, limit int) (carrier.Delivery, error) {
	if err := f.ours(); err != nil {
		return carrier.Delivery{}, err
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	d := carrier.Delivery{Marks: carrier.Marks{}}
	if f.round == nil {
		if err := f.begin(marks, &d); err != nil {
			return carrier.Delivery{}, err
		}
	}
	r := f.round
	d.Strays = append(d.Strays, r.strays...)
	r.strays = nil
	room := max(1, limit)
	for r.next < len(r.files) && room > 0 {
		if err := ctx.Err(); err != nil {
			return carrier.Delivery{}, err
		}
		file := r.files[r.next]
		m := f.recall(file.name, marks[file.name])
		if f.asRead(file, m, r.recent) {
			r.next++
			r.done += file.size
			continue
		}
		whole, err := f.readOn(file, m, &room, &d)
		if err != nil {
			d.Strays = append(d.Strays, carrier.Stray{Where: file.name, What: unreadable(err)})
		}
		if whole || err != nil {
			r.next++
			r.done += file.size
			continue
		}
		d.Done = r.done + r.reached
	}
	d.Done = max(d.Done, r.done)
	d.Total, d.More = r.total, r.next < len(r.files)
	if !d.More {
		d.Done = d.Total
		f.endRound()
	}
	return d, nil
}

func (f *Folder) endRound() {
	if f.round != nil && f.round.open != nil {
		f.round.open.close()
	}
	f.round = nil
}

// begin lists the files, and forgets the marks of those that are gone.
func (f *Folder) begin(marks carrier.Marks, d *carrier.Delivery) error {
	files, strays, err := f.listLogs()
	if err != nil {
		return err
	}
	r := &round{files: files, strays: strays}
	there := make(map[string]bool, len(files))
	for _, file := range files {
		there[file.name] = true
		if file.changed.After(r.recent) {
			r.recent = file.changed
		}
		if m := f.recall(file.name, marks[file.name]); m == nil || m.Size != file.size || m.Changed != file.changed.UnixNano() {
			r.total += file.size
		} else {
			r.done -= file.size // passed over: it counts on neither side
		}
	}
	for _, name := range slices.Sorted(maps.Keys(marks)) {
		if !there[name] {
			d.Marks[name] = ""
		}
	}
	for name := range f.known {
		if !there[name] {
			delete(f.known, name)
			delete(f.checked, name)
		}
	}
	f.round = r
	return nil
}

// recall returns the mark of a file that the reader kept.
func (f *Folder) recall(name, text string) *mark {
	if known := f.known[name]; known != nil && known.text == text {
		return known
	}
	m := parseMark(text)
	if m == nil {
		delete(f.known, name)
		return nil
	}
	m.text = text
	f.known[name] = m
	return m
}

// recently is how long a file is distrusted, when a program begins, of which
// size and time are as they were: a power cut may have left zeros at its end.
const recently = 48 * time.Hour

// asRead reports whether a file is still as it was when it was read.
func (f *Folder) asRead(file listed, m *mark, recent time.Time) bool {
	if m == nil || m.Part || m.Size != file.size || m.Changed != file.changed.UnixNano() {
		return false
	}
	if f.checked[file.name] || file.changed.Before(recent.Add(-recently)) || isPack(file.name) {
		return true
	}
	f.checked[file.name] = true
	return f.goesOn(file, m)
}

// goesOn reports whether the last line that was read of a file is still where
// it was.
func (f *Folder) goesOn(file listed, m *mark) bool {
	if m.Offset == 0 {
		return true
	}
	if m.Offset > file.size {
		return false
	}
	open, err := f.open(file.name)
	if err != nil {
		return true // nothing can be said; it is told when it is read
	}
	defer open.Close()
	m.seal()
	last := make([]byte, m.Last)
	_, err = open.ReadAt(last, m.Offset-int64(m.Last))
	if err != nil && !errors.Is(err, io.EOF) {
		return true
	}
	return err == nil && lineHash(last) == m.Hash
}

// holdsStill reports whether what was read of a file is whole, and the same
// lines: a byte that changed before the last line would else be taken for held
// by this machine for ever, and put back by nobody.
func (f *Folder) holdsStill(file listed, m *mark) bool {
	lines, err := f.linesOf(file, 0)
	if err != nil {
		return true // nothing can be said; it is told when it is read
	}
	defer lines.close()
	now := &mark{}
	for now.Offset < m.Offset {
		line, err := lines.next()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		if line.long > 0 {
			now.Offset += line.long
			continue
		}
		now.take(line.text)
	}
	return slices.Equal(now.Runs, m.Runs)
}

// readOn reads a file on from its mark. It reports whether it came to the end.
func (f *Folder) readOn(file listed, m *mark, room *int, d *carrier.Delivery) (bool, error) {
	pack := isPack(file.name)
	fresh := &mark{}
	if m != nil && (pack && m.Size == file.size && m.Changed == file.changed.UnixNano() || !pack && f.goesOn(file, m) && f.holdsStill(file, m)) {
		fresh = m.copy()
	}
	lines, err := f.goOn(file, fresh)
	if err != nil {
		return false, err
	}
	defer func() {
		if f.round.open != lines {
			lines.close()
		}
	}()
	f.checked[file.name] = true
	whole := false
	for *room > 0 {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			whole = true
			break
		}
		if errors.Is(err, errDamaged) || errors.Is(err, errTooMuch) {
			d.Strays = append(d.Strays, carrier.Stray{Where: file.name, What: unreadable(err)})
			whole = true // it is not read again before it changes
			break
		}
		if err != nil {
			return false, err
		}
		if line.long > 0 {
			fresh.Offset += line.long
			fresh.Last, fresh.hash, fresh.Hash = 0, nil, lineHash(nil)
			d.Strays = append(d.Strays, carrier.Stray{Where: file.name, What: "a line is too long to be one of Bearings; it was passed"})
			continue
		}
		if len(line.text) > *room && len(d.Lines) > 0 {
			lines.giveBack(line)
			*room = 0
			break
		}
		if fresh.take(line.text) {
			d.Lines = append(d.Lines, line.text)
			*room -= len(line.text)
		} else if len(line.text) > 1 {
			d.Strays = append(d.Strays, carrier.Stray{Where: file.name, What: fmt.Sprintf("the line at byte %d is damaged; it was passed, and what is around it came in", fresh.Offset-int64(len(line.text))+1)})
		}
	}
	fresh.Size, fresh.Changed, fresh.Part = file.size, file.changed.UnixNano(), !whole
	fresh.text = fresh.String()
	if whole && !pack && fresh.Offset < file.size {
		d.Torn = append(d.Torn, file.name)
	}
	if pack && !whole {
		f.round.open, f.round.openAt = lines, fresh.text
	}
	f.round.reached = min(file.size, lines.reached(fresh))
	f.known[file.name] = fresh
	d.Marks[file.name] = fresh.text
	return whole, nil
}

// goOn returns the lines of a file from a mark on.
func (f *Folder) goOn(file listed, from *mark) (*lines, error) {
	open := f.round.open
	f.round.open = nil
	if open != nil && from.text == f.round.openAt {
		return open, nil
	}
	if open != nil {
		open.close()
	}
	return f.linesOf(file, from.Offset)
}

func unreadable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "it went away while it was read"
	case errors.Is(err, errTooMuch):
		return "it is no file of lines: " + err.Error()
	case errors.Is(err, errDamaged):
		return "it is damaged; what can be read of it came in"
	case errors.Is(err, fs.ErrPermission):
		return "it may not be read by you"
	default:
		return "it cannot be read yet: it may not have been fetched; if that lasts, keep this folder on this device in the settings of what shares it"
	}
}

// listLogs lists the files of lines, by content and not by name: an engine may
// have given one another.
func (f *Folder) listLogs() ([]listed, []carrier.Stray, error) {
	if err := f.present(); err != nil {
		return nil, nil, err
	}
	var all []listed
	var strays []carrier.Stray
	months, here, err := f.list(logFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	take := func(folder string, files []string) {
		for _, name := range files {
			at := path.Join(folder, name)
			if notFetched(name) {
				strays = append(strays, carrier.Stray{Where: at, What: "it has not been fetched yet: keep this folder on this device in the settings of iCloud"})
			}
			if passing(name) {
				continue
			}
			info, err := f.disk.Stat(f.path(at))
			if err != nil || !info.Mode().IsRegular() {
				continue
			}
			all = append(all, listed{at, info.Size(), info.ModTime()})
		}
	}
	take(logFolder, here)
	for _, m := range months {
		_, files, err := f.list(logFolder, m)
		if err != nil {
			strays = append(strays, carrier.Stray{Where: path.Join(logFolder, m), What: unreadable(err)})
		}
		take(path.Join(logFolder, m), files)
	}
	_, packs, err := f.list(packFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		strays = append(strays, carrier.Stray{Where: packFolder, What: unreadable(err)})
	}
	take(packFolder, packs)
	slices.SortFunc(all, func(a, b listed) int { return strings.Compare(a.name, b.name) })
	return all, strays, nil
}
