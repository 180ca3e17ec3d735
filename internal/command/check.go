package command

import (
	"context"
	"fmt"

	"bearings/internal/folder"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type checkCmd struct {
	Folder bool `help:"Check all that the shared folder holds too."`
}

type checked struct {
	Clean       bool           `json:"clean"`
	Batches     int            `json:"batches"`
	Records     int            `json:"records"`
	Incidents   int            `json:"incidents"`
	Files       int            `json:"files"`
	Redacted    int            `json:"redacted"`
	Unnamed     []string       `json:"unnamed"` // files that no record names, removed after a day
	NotHere     []missingFile  `json:"not_here"`
	Holes       int            `json:"holes"`
	Quarantined int            `json:"quarantined"`
	Troubles    []checkTrouble `json:"troubles"`
	Folder      *checkedFolder `json:"folder,omitempty"`
}

// checkedFolder is what was found in the shared folder.
type checkedFolder struct {
	Clean     bool           `json:"clean"`
	Batches   int            `json:"batches"`
	Records   int            `json:"records"`
	Twice     int            `json:"twice"`
	Files     int            `json:"files"`
	Documents int            `json:"documents"`
	Lacking   int            `json:"lacking"` // batches that are here and not there
	Missing   int            `json:"missing"` // files of evidence that are not there
	Troubles  []checkTrouble `json:"troubles"`
	Notes     []checkTrouble `json:"notes"` // where something lacks; the first hundred
}

type missingFile struct {
	Incident string `json:"incident"`
	Evidence string `json:"evidence"`
	Label    string `json:"label"`
	SHA256   string `json:"sha256"`
}

type checkTrouble struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

func (c *checkCmd) run(s *session) error {
	return s.tend(func(ws *workspace.Workspace) error {
		report, err := ws.Check(context.Background(), s.progress.count("Checking"))
		if err != nil {
			return err
		}
		if report.Clean() && !ws.ReadOnly() {
			if err := ws.Tend(); err != nil { // it removes what was found to be nobody's, once that is old
				ws.Log().Warn("tend", "error", err)
			}
		}
		there, err := c.folder(s, ws)
		if err != nil {
			return err
		}
		if s.json {
			out := checkedFrom(&report)
			if there != nil {
				out.Folder = checkedFolderFrom(there)
			}
			err = s.answer(out)
		} else {
			s.showCheck(&report)
			s.showFolderCheck(there)
		}
		switch {
		case err != nil:
			return err
		case !report.Clean():
			return found(len(report.Troubles))
		case there != nil && !there.Clean():
			return foundInFolder(len(there.Faults))
		default:
			return nil
		}
	})
}

// folder checks the shared folder, where that is asked for.
func (c *checkCmd) folder(s *session, ws *workspace.Workspace) (*folder.FolderReport, error) {
	if !c.Folder {
		return nil, nil
	}
	share, err := s.share(ws)
	if err != nil {
		return nil, err
	}
	defer share.Close() // it was only read
	count := s.progress.count("Checking the shared folder")
	report, err := share.Check(context.Background(), func(done, total int64) {
		const kilobyte = 1 << 10
		count(int(done/kilobyte), int(total/kilobyte))
	})
	return &report, err
}

func checkedFolderFrom(r *folder.FolderReport) *checkedFolder {
	out := &checkedFolder{
		Clean: r.Clean(), Batches: r.Batches, Records: r.Records, Twice: r.Twice, Files: r.Files, Documents: r.Documents,
		Lacking: r.Lacking, Missing: r.Missing, Troubles: []checkTrouble{}, Notes: []checkTrouble{},
	}
	for _, f := range r.Faults {
		out.Troubles = append(out.Troubles, checkTrouble(f))
	}
	for _, f := range r.Notes {
		out.Notes = append(out.Notes, checkTrouble(f))
	}
	return out
}

// mostNotes is how many places are shown where something lacks; JSON has more.
const mostNotes = 20

func (s *session) showFolderCheck(r *folder.FolderReport) {
	if r == nil {
		return
	}
	for _, f := range r.Faults {
		s.say("Wrong in the shared folder: %s: %s", oneLine(f.Where), oneLine(f.What))
	}
	if r.Lacking > 0 {
		s.say("Not in the shared folder: %s", count(r.Lacking, "change"))
	}
	if r.Missing > 0 {
		s.say("Not in the shared folder: %s of evidence", count(r.Missing, "file"))
	}
	if r.Twice > 0 {
		s.say("In the shared folder more than once, which harms nothing: %s", count(r.Twice, "change"))
	}
	for _, f := range r.Notes[:min(len(r.Notes), mostNotes)] {
		s.say("  %s: %s", oneLine(f.Where), oneLine(f.What))
	}
	if r.Clean() {
		s.say("The shared folder is well: %s, %s of evidence.", count2(r.Batches, "change"), count2(r.Files, "file"))
	}
}

func foundInFolder(faults int) error {
	said := "1 thing is wrong in the shared folder"
	if faults != 1 {
		said = fmt.Sprintf("%d things are wrong in the shared folder", faults)
	}
	return &incident.Error{
		Code:    workspace.CodeDamaged,
		Message: said + "; nothing that is here is touched by it",
		Hint:    "What is damaged there is put back by bearings sync, from whichever machine has it.",
	}
}

// found is the error of a check that found something wrong.
func found(troubles int) error {
	said := "1 thing is wrong in this workspace"
	if troubles != 1 {
		said = fmt.Sprintf("%d things are wrong in this workspace", troubles)
	}
	return &incident.Error{
		Code:    workspace.CodeDamaged,
		Message: said + "; nothing was changed",
		Hint:    "Copy the folder somewhere safe as it is, then export what is whole, or put a backup in its place.",
	}
}

func checkedFrom(r *workspace.CheckReport) checked {
	out := checked{
		Clean: r.Clean(), Batches: r.Batches, Records: r.Records, Incidents: r.Incidents, Files: r.Blobs,
		Redacted: r.Redacted, Unnamed: append([]string{}, r.Unnamed...),
		NotHere: []missingFile{}, Holes: r.Holes, Quarantined: r.Quarantined, Troubles: []checkTrouble{},
	}
	for _, m := range r.NotHere {
		out.NotHere = append(out.NotHere, missingFile(m))
	}
	for _, t := range r.Troubles {
		out.Troubles = append(out.Troubles, checkTrouble(t))
	}
	return out
}

func (s *session) showCheck(r *workspace.CheckReport) {
	for _, t := range r.Troubles {
		s.say("Wrong: %s: %s", oneLine(t.Where), oneLine(t.What))
	}
	for _, m := range r.NotHere {
		s.say("Not here yet: the file of %s (%s)", oneLine(or(m.Label, m.Evidence)), m.SHA256)
	}
	if r.Holes > 0 {
		s.say("Not here yet: %s of other devices", count(r.Holes, "batch line"))
	}
	if r.Quarantined > 0 {
		s.say("Set aside: %s of devices that nobody vouches for", count(r.Quarantined, "batch line"))
	}
	if len(r.Unnamed) > 0 {
		s.say("No record names %s, left by a step that was cut off; they are removed after a day", count(len(r.Unnamed), "file"))
	}
	if r.Clean() {
		redacted := ""
		if r.Redacted > 0 {
			redacted = fmt.Sprintf(", %d redacted", r.Redacted)
		}
		s.say("All well: %s in %s, %s%s.", count(r.Records, "record"), count(r.Incidents, "incident"), count(r.Blobs, "file"), redacted)
	}
}
