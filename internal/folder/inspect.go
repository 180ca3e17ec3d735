package folder

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"bearings/internal/folder/carrier"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// An inspection reads all that a place holds and changes nothing, neither
// there nor here.
type inspection struct {
	w        *workspace.Workspace
	c        carrier.Carrier
	m        *membership
	l        *link
	progress func(done, total int64)

	report  FolderReport
	here    map[record.Digest]bool // the batches that were met
	devices map[string]workspace.Device
}

// inspectionRead is about how many bytes an inspection reads at once.
const inspectionRead = 4 << 20

// inspect checks every line, document and file of evidence of a place, as far
// as this machine can read them. A line that is there twice, in another order,
// or not at all harms nothing; it is counted.
func (m *membership) inspect(ctx context.Context, c carrier.Carrier, l *link, progress func(done, total int64)) (FolderReport, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	i := &inspection{w: m.w, c: c, m: m, l: l, progress: progress, here: map[record.Digest]bool{}, devices: map[string]workspace.Device{}}
	for _, step := range []func(context.Context) error{i.marker, i.documents, i.lines, i.lacking, i.files} {
		if err := step(ctx); err != nil {
			return i.report, fmt.Errorf("check the shared folder: %w", err)
		}
	}
	return i.report, nil
}

func (i *inspection) fault(where, format string, args ...any) {
	i.report.Faults = append(i.report.Faults, Fault{Where: where, What: fmt.Sprintf(format, args...)})
}

// mostNotes is how many places are named where something lacks.
const mostNotes = 100

func (i *inspection) note(where, what string) {
	if len(i.report.Notes) < mostNotes {
		i.report.Notes = append(i.report.Notes, Fault{Where: where, What: what})
	}
}

func (i *inspection) marker(ctx context.Context) error {
	marker, err := i.c.Marker(ctx)
	if err != nil {
		return err
	}
	const where = "bearings.json"
	switch {
	case marker.Workspace != i.w.ID():
		i.fault(where, "it names another workspace")
	case marker.Sealed != i.l.Sealed:
		i.fault(where, "it says otherwise whether the workspace is sealed")
	case marker.Founder != i.l.Founder:
		i.fault(where, "it names another founder")
	}
	return nil
}

func (i *inspection) documents(ctx context.Context) error {
	found, err := i.c.Documents(ctx)
	if err != nil {
		return err
	}
	i.m.mu.Lock()
	defer i.m.mu.Unlock()
	if err := i.m.prepare(); err != nil {
		return err
	}
	there := map[string]bool{}
	docs := map[string][]byte{}
	for _, d := range found {
		there[d.Name], docs[d.Name] = true, d.Body
	}
	i.report.Documents = len(found)
	for name := range i.m.kept {
		switch {
		case !there[name]:
			i.fault(name, "it is missing or damaged; it is put there again when the workspace is shared next")
		case string(docs[name]) != string(i.m.docs[name]):
			i.fault(name, "it is not what this machine knows under this name")
		}
		docs[name] = i.m.docs[name]
	}
	for _, stray := range circleOf(i.w.ID(), i.l.Founder, i.l.Sealed, docs).strays() {
		if there[stray.Where] {
			i.fault(stray.Where, "%s", stray.What)
		}
	}
	devices, err := i.w.Devices()
	for _, d := range devices {
		i.devices[d.ID] = d
	}
	return err
}

func (i *inspection) lines(ctx context.Context) error {
	codec := i.m.codec()
	marks := carrier.Marks{}
	for {
		d, err := i.c.Pull(ctx, marks, inspectionRead)
		if err != nil {
			return err
		}
		for _, stray := range d.Strays {
			i.fault(stray.Where, "%s", stray.What)
		}
		for _, where := range d.Torn {
			i.note(where, "it ends in the middle of a line: the rest was cut off, or is on its way")
		}
		for _, line := range d.Lines {
			i.line(codec, line)
		}
		for place, mark := range d.Marks {
			marks[place] = mark
		}
		i.progress(d.Done, d.Total)
		if !d.More {
			return nil
		}
	}
}

func (i *inspection) line(codec Codec, line []byte) {
	where := "a line"
	if run, n, ok := record.PlaceOf(line); ok {
		where = placeName(run, n)
	}
	plain, err := codec.Open(line)
	if errors.Is(err, ErrNoKey) && i.m.knows(line) {
		return // it waits for a key that a member made
	}
	if err != nil {
		i.fault(where, "%v", err)
		return
	}
	b, err := record.DecodeBatch(plain)
	switch {
	case err != nil:
		i.fault(where, "%v", err)
		return
	case b.Workspace != i.w.ID():
		i.fault(where, "it belongs to another workspace")
		return
	}
	device, known := i.devices[b.Device]
	if !known {
		i.fault(where, "device %.8s, which wrote it, is no member", b.Device)
		return
	}
	if err := b.Verify(device.Key); err != nil {
		i.fault(where, "%v", err)
		return
	}
	if i.here[b.Hash] {
		i.report.Twice++
		return
	}
	i.here[b.Hash] = true
	i.report.Batches++
	i.report.Records += len(b.Records)
}

func placeName(run record.Run, n uint64) string { return fmt.Sprintf("line %d of run %s", n, run) }

// lacking counts the batches of this workspace that the place does not have.
func (i *inspection) lacking(ctx context.Context) error {
	const some = 2000
	for after := int64(0); ; {
		lines, err := i.w.Lines(after, some)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, l := range lines {
			after = l.Seq
			f, err := record.Split(l.Bytes)
			if err != nil {
				continue // the workspace's own check says it
			}
			if !i.here[f.Hash()] {
				i.report.Lacking++
				i.note(placeName(l.Run, l.Number), "it is here, and not in the folder")
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (i *inspection) files(ctx context.Context) error {
	named, err := i.w.NamedFiles()
	if err != nil {
		return err
	}
	codec := i.m.codec()
	for _, file := range named {
		if file.Redacted {
			continue
		}
		there, err := i.file(ctx, codec, file.SHA256)
		if err != nil {
			return err
		}
		if there {
			i.report.Files++
		} else {
			i.report.Missing++
			i.note("file "+file.SHA256, "it is named by evidence, and not in the folder")
		}
	}
	return nil
}

// file checks a file of evidence under each name that it may have.
func (i *inspection) file(ctx context.Context, codec Codec, sum string) (there bool, err error) {
	for _, name := range codec.BlobNames(sum) {
		err := i.content(ctx, codec, name, sum)
		switch {
		case errors.Is(err, carrier.ErrNotHere):
			continue
		case ctx.Err() != nil:
			return there, ctx.Err()
		case err != nil:
			i.fault("blobs/"+name[:2]+"/"+name, "%v", err)
		}
		there = true
	}
	return there, nil
}

func (i *inspection) content(ctx context.Context, codec Codec, name, sum string) error {
	raw, err := i.c.Blob(ctx, name)
	if err != nil {
		return err
	}
	defer raw.Close()
	r, err := codec.OpenBlob(name, raw)
	if err != nil {
		return err
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, r); err != nil {
		return fmt.Errorf("it was changed, or is not whole: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sum {
		return errors.New("its bytes are not those of the evidence")
	}
	return nil
}
