package app

import "bearings/internal/folder"

// A folderCheck is a reading of all that the folder holds, to its last byte.
type folderCheck struct {
	going       bool
	done, total int64
	report      *folder.FolderReport
	err         error
}

// Check reads all that the folder holds, in the background; what it found is
// on the page.
func (s *Sharing) Check() error {
	_, err := call(s.app, "Sharing.Check", func() (struct{}, error) {
		share, err := s.app.sharing.engine()
		if err != nil {
			return struct{}{}, asSharingError(err)
		}
		s.app.sharing.check(share)
		return struct{}{}, nil
	})
	return err
}

func (s *sharing) check(share *folder.Share) {
	s.checking.Lock()
	defer s.checking.Unlock()
	if s.checked.going {
		return
	}
	s.checked = folderCheck{going: true}
	go func() {
		report, err := share.Check(s.ctx, func(done, total int64) {
			s.checking.Lock()
			defer s.checking.Unlock()
			s.checked.done, s.checked.total = done, total
		})
		s.checking.Lock()
		defer s.checking.Unlock()
		s.checked = folderCheck{report: &report, err: err}
	}()
}

func (s *sharing) lastCheck() folderCheck {
	s.checking.Lock()
	defer s.checking.Unlock()
	return s.checked
}

// A CheckView says how far a reading of the folder is, or what it found.
type CheckView struct {
	Going    bool         `json:"going"`
	Part     int          `json:"part"` // in percent
	Says     string       `json:"says"` // what it found; empty before it has
	Troubles []TroubleRow `json:"troubles"`
}

// mostTroubles is how many a page shows; the rest is counted.
const mostTroubles = 20

func checkOf(c folderCheck) CheckView {
	v := CheckView{Going: c.going, Troubles: []TroubleRow{}}
	switch {
	case c.going:
		v.Part = part(c.done, c.total)
	case c.err != nil:
		v.Says = "The folder could not be read to its end: " + sentence(c.err.Error())
	case c.report != nil:
		v.Says = reportWords(c.report)
		for _, t := range c.report.Faults[:min(len(c.report.Faults), mostTroubles)] {
			v.Troubles = append(v.Troubles, TroubleRow{What: t.Where + ": " + t.What})
		}
		for _, t := range c.report.Notes[:min(len(c.report.Notes), mostTroubles-len(v.Troubles))] {
			v.Troubles = append(v.Troubles, TroubleRow{What: t.Where + ": " + t.What})
		}
	}
	return v
}

func reportWords(r *folder.FolderReport) string {
	says := "It holds " + counted(r.Batches, "change", "changes") + " and " + counted(r.Files, "file", "files") + " of evidence. "
	if r.Lacking > 0 {
		says += "It lacks " + counted(r.Lacking, "change", "changes") + " of this workspace. "
	}
	if r.Missing > 0 {
		says += "It lacks " + counted(r.Missing, "file", "files") + " of evidence. "
	}
	if r.Clean() {
		return says + "Every one is whole, and by whom it says."
	}
	return says + counted(len(r.Faults), "thing is", "things are") + " wrong:"
}

// part is how much of something is done, in percent.
func part(done, total int64) int {
	if total <= 0 {
		return 0
	}
	return int(min(100, 100*done/total))
}
