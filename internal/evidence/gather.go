package evidence

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// What is taken at once. More is told, and left.
const (
	MostFiles   = 500
	mostFolders = 8 // deep
)

// A Left is something that was not taken, and why, in words.
type Left struct {
	Name string
	Why  string // a sentence without its capital and full stop
}

// Gather lists the files that paths name: files as they are, and the plain
// files of folders, in the order of their names. Links in a folder are not
// followed, since they may lead anywhere, and hidden files are left.
func Gather(paths []string) (files []string, left []Left) {
	g := gathering{}
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			g.folder(p)
			continue
		}
		g.add(p) // what is wrong with it is said when it is opened
	}
	if g.beyond > 0 {
		g.leave(fmt.Sprintf("%d more", g.beyond), fmt.Sprintf("only %d files are taken at once", MostFiles))
	}
	return g.files, g.left
}

type gathering struct {
	files  []string
	left   []Left
	beyond int // files too many
}

func (g *gathering) add(path string) {
	if len(g.files) == MostFiles {
		g.beyond++
		return
	}
	g.files = append(g.files, path)
}

func (g *gathering) leave(name, why string) { g.left = append(g.left, Left{name, why}) }

var errEnough = errors.New("enough files")

func (g *gathering) folder(dir string) {
	before, links, hidden := len(g.files)+g.beyond, 0, 0
	root := strings.TrimRight(dir, string(filepath.Separator)) + string(filepath.Separator) // a link to a folder is followed this once
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		inside := path != root
		switch {
		case err != nil && !inside:
			return err
		case err != nil:
			g.leave(SafeName(path), "it cannot be read")
			return nil
		case inside && strings.HasPrefix(e.Name(), "."):
			hidden++
			return skip(e)
		case e.IsDir():
			if depth(root, path) > mostFolders {
				g.leave(SafeName(path), "it lies too deep in folders")
				return fs.SkipDir
			}
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			links++
			return nil
		case g.beyond == 20*MostFiles: // somebody's whole disk: counting it helps nobody
			return errEnough
		default:
			g.add(path)
			return nil
		}
	})
	name := SafeName(dir)
	if err != nil && !errors.Is(err, errEnough) {
		g.leave(name, "the folder cannot be read")
		return
	}
	if links > 0 {
		g.leave(name, counted(links, "link in it was not followed", "links in it were not followed"))
	}
	if len(g.files)+g.beyond == before {
		why := "there is no file in it"
		if hidden > 0 {
			why = "there are only hidden files in it"
		}
		g.leave(name, why)
	}
}

func skip(e fs.DirEntry) error {
	if e.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func depth(root, path string) int {
	rel, err := filepath.Rel(root, path)
	if err != nil || rel == "." {
		return 0
	}
	return strings.Count(rel, string(filepath.Separator)) + 1
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
