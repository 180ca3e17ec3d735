package simulated

import (
	"io"
	"io/fs"
	"path"
	"time"
)

// info is what is known of a file without reading it.
type info struct {
	name    string
	size    int64
	changed time.Time
	folder  bool
}

func infoOf(name string, n *node) info {
	return info{name: path.Base(clean(name)), size: int64(len(n.data)), changed: n.changed, folder: n.folder}
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return i.changed }
func (i info) IsDir() bool        { return i.folder }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	if i.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

func readAt(data, into []byte, at int64) (int, error) {
	if at >= int64(len(data)) {
		return 0, io.EOF
	}
	n := copy(into, data[at:])
	if n < len(into) {
		return n, io.EOF
	}
	return n, nil
}
