package app

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pkg/browser"
)

// opensWithin is how long a desktop takes to say that it has no program for a
// file. Some say nothing until that program ends.
const opensWithin = 5 * time.Second

// quietly keeps what desktops say of the files that they open off the terminal.
var quietly = sync.OnceFunc(func() { browser.Stdout, browser.Stderr = io.Discard, io.Discard })

// PrintBrief opens a brief as a PDF in the program that this machine has for
// them, whose dialog prints it. The file is for the person alone, and gone when
// the window is.
func (w *Window) PrintBrief(incident string, ask BriefAsk, asOf int64) error {
	_, err := call(w.app, "Window.PrintBrief", func() (struct{}, error) {
		b, sheets, err := w.app.giveOut(incident, ask, FormatPDF, asOf)
		if err != nil {
			return struct{}{}, err
		}
		path, err := w.app.toPrint(briefName(b, ask, FormatPDF), sheets)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, openFile(path)
	})
	return err
}

// toPrint writes a file to be printed beside the others of this run, outside of
// the workspace: what is redacted there is not kept in it.
func (a *App) toPrint(name string, data []byte) (string, error) {
	a.prints.Lock()
	defer a.prints.Unlock()
	if a.prints.dir == "" {
		dir, err := os.MkdirTemp("", "bearings-print-*") // of mode 0700
		if err != nil {
			return "", notPrinted(fmt.Sprintf("There is no place for the file that is printed: %v.", err))
		}
		a.prints.dir = dir
	}
	path := filepath.Join(a.prints.dir, strings.ReplaceAll(name, " ", "-")) // desktops take it as an address
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return "", notPrinted(fmt.Sprintf("The file that is printed could not be written: %v.", err))
	}
	return path, nil
}

// openFile opens a file in the program that the machine has for its kind.
func openFile(path string) error {
	quietly()
	opened := make(chan error, 1)
	go func() { opened <- browser.OpenFile(path) }()
	select {
	case err := <-opened:
		var failed *exec.ExitError
		if errors.Is(err, exec.ErrNotFound) || errors.As(err, &failed) {
			return notPrinted("No program of this machine opens a PDF.")
		}
		if err != nil {
			return notPrinted(fmt.Sprintf("The PDF could not be opened: %v.", err))
		}
	case <-time.After(opensWithin): // it is open
	}
	return nil
}

func notPrinted(what string) *Error {
	return &Error{Code: codeInvalid, Message: what + " Nothing was printed.", Hint: "Save the brief as HTML or as a PDF, and print it from another program."}
}

// dropPrints removes what was written to be printed.
func (a *App) dropPrints() error {
	a.prints.Lock()
	defer a.prints.Unlock()
	if a.prints.dir == "" {
		return nil
	}
	return os.RemoveAll(a.prints.dir)
}
