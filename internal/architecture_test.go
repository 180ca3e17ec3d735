package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The layout of the project and the way its imports point are promises to
// whoever reads it: docs/ARCHITECTURE.md draws them, this file holds them.

// rooms are the packages of the program, each with the rooms that it may
// import. A room may have packages of its own inside.
var rooms = map[string][]string{
	"internal/record":    {},
	"internal/lock":      {},
	"internal/moment":    {},
	"internal/incident":  {"internal/record"},
	"internal/workspace": {"internal/record", "internal/incident"},
	"internal/brief":     {"internal/record", "internal/incident", "internal/workspace"},
	"internal/compose":   {"internal/record", "internal/incident"},
	"internal/evidence":  {"internal/record", "internal/incident", "internal/workspace"},
	"internal/folder":    {"internal/record", "internal/lock", "internal/incident", "internal/workspace"},
	"internal/exchange":  {"internal/record", "internal/incident", "internal/workspace"},
	"internal/handout":   {"internal/incident", "internal/workspace", "internal/brief", "internal/evidence"},
	"internal/command":   below,
	"app":                below,
	"":                   {"app", "internal/command"},
}

var below = []string{
	"internal/record", "internal/lock", "internal/moment", "internal/incident", "internal/workspace",
	"internal/brief", "internal/compose", "internal/evidence", "internal/folder", "internal/exchange",
	"internal/handout",
}

// pure are the rooms that give the same answer to the same records, on any
// machine at any time: a brief written twice must be the same bytes, and a
// test must be able to say what time it is.
var pure = []string{"internal/record", "internal/moment", "internal/incident", "internal/brief", "internal/compose"}

// reserved libraries have one home each, and a reason for it.
var reserved = map[string]struct {
	rooms []string
	why   string
}{
	"github.com/wailsapp/wails":     {[]string{"", "app"}, "the command line starts without the desktop, and the domain outlives the toolkit"},
	"github.com/mattn/go-sqlite3":   {[]string{"internal/workspace"}, "the workspace is the one place that writes"},
	"database/sql":                  {[]string{"internal/workspace"}, "the workspace is the one place that writes"},
	"github.com/carlos7ags/folio":   {[]string{"internal/brief"}, "how a PDF is written is known in one place"},
	"filippo.io/age":                {[]string{"internal/folder"}, "who may read is decided in one place"},
	"github.com/zalando/go-keyring": {[]string{"internal/folder"}, "where this machine keeps its secret is known in one place"},
	"github.com/alecthomas/kong":    {[]string{"internal/command"}, "how a command is spelled is known in one place"},
}

func TestImportsPointOneWay(t *testing.T) {
	for _, f := range sources(t) {
		for _, imported := range f.ours() {
			to := roomOf(imported)
			if to == f.room || slices.Contains(rooms[f.room], to) {
				continue
			}
			t.Errorf("%s imports %s: %q may import only %q", f.path, imported, f.room, rooms[f.room])
		}
	}
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	for _, f := range sources(t) {
		for _, imported := range f.imports {
			for library, r := range reserved {
				if within(imported, library) && !slices.Contains(r.rooms, f.room) {
					t.Errorf("%s imports %s, which belongs to %q: %s", f.path, imported, r.rooms, r.why)
				}
			}
		}
	}
}

func TestPureRoomsImportNoWorld(t *testing.T) {
	world := []string{
		"os", "net", "syscall", "log", "io/ioutil", "database/sql", "runtime", "plugin",
		"math/rand", "crypto/rand", // randomness comes in as a value
		"golang.org/x/sys", "golang.org/x/term",
	}
	for _, f := range sources(t) {
		if !slices.Contains(pure, f.room) || f.forTests() {
			continue
		}
		for _, imported := range f.imports {
			for _, w := range world {
				if within(imported, w) {
					t.Errorf("%s imports %s: %s touches no file, clock, network or chance", f.path, imported, f.room)
				}
			}
		}
	}
}

func TestPureRoomsAreToldTheTime(t *testing.T) {
	clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	for _, f := range sources(t) {
		if !slices.Contains(pure, f.room) || f.forTests() {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, s.Sel.Name) {
					t.Errorf("%s: time.%s: in %s, time comes in as a value", f.files.Position(s.Pos()), s.Sel.Name, f.room)
				}
			}
			return true
		})
	}
}

// A package named …test makes what tests and benchmarks need, and so do these.
var forTests = []string{"internal/folder/simulated", "internal/folder/carrier/conformance"}

func TestOnlyTestsImportWhatIsMadeForTests(t *testing.T) {
	for _, f := range sources(t) {
		for _, imported := range f.ours() {
			made := strings.HasSuffix(imported, "test") || slices.Contains(forTests, imported)
			if made && !f.forTests() {
				t.Errorf("%s imports %s, which is made for tests", f.path, imported)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	said := map[string]bool{}
	for _, f := range sources(t) {
		dir := path.Dir(f.path)
		said[dir] = said[dir] || f.syntax.Doc != nil
	}
	for _, dir := range slices.Sorted(maps.Keys(said)) {
		if !said[dir] {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

func TestTopLevelIsAsDrawn(t *testing.T) {
	drawn := []string{"app", "bench", "build", "docs", "e2e", "frontend", "internal"}
	if got := folders(t, ".."); !slices.Equal(got, drawn) {
		t.Errorf("top-level folders are %q, drawn in docs/ARCHITECTURE.md are %q", got, drawn)
	}
	for _, name := range folders(t, ".") {
		if _, ok := rooms["internal/"+name]; !ok {
			t.Errorf("internal/%s is a room without a line in this test: say what it may import", name)
		}
	}
}

// source is one Go file of the program, tests left out.
type source struct {
	path    string // from the top, with slashes
	room    string
	imports []string
	files   *token.FileSet
	syntax  *ast.File
}

// ours are the packages of this module that the file imports.
func (f source) ours() []string {
	var found []string
	for _, imported := range f.imports {
		if rest, ok := strings.CutPrefix(imported, "bearings/"); ok {
			found = append(found, rest)
		}
	}
	return found
}

// forTests reports whether the file is in a package that only tests import.
func (f source) forTests() bool {
	dir := path.Dir(f.path)
	return strings.HasSuffix(dir, "test") || slices.Contains(forTests, dir)
}

// sources reads every Go file of the program, whatever system it is built
// for: build tags hide nothing from these rules.
func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("..", name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			hidden := strings.HasPrefix(d.Name(), ".") && rel != "."
			if hidden || slices.Contains([]string{"frontend", "build", "bench", "e2e", "docs"}, rel) || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		f := source{path: rel, room: roomOf(path.Dir(rel)), files: token.NewFileSet()}
		if f.syntax, err = parser.ParseFile(f.files, name, nil, parser.ParseComments); err != nil {
			return err
		}
		for _, spec := range f.syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, imported)
		}
		found = append(found, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("found no source to check")
	}
	return found
}

// roomOf is the room that a package belongs to: itself, or the one around it.
func roomOf(dir string) string {
	if dir == "." {
		return ""
	}
	for room := range rooms {
		if room != "" && within(dir, room) {
			return room
		}
	}
	return dir
}

func within(name, parent string) bool {
	return name == parent || strings.HasPrefix(name, parent+"/")
}

func folders(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			found = append(found, e.Name())
		}
	}
	return found
}
