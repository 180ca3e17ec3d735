package app

import (
	"strings"

	"bearings/internal/brief"
	"bearings/internal/workspace"
)

// Incidents is what the list of incidents and the first start call.
type Incidents struct{ app *App }

// A Start is what the window shows first, in one call.
type Start struct {
	List  List              `json:"list"`
	Open  string            `json:"open"` // the incident to open, empty for the list
	Brief *BriefView        `json:"brief,omitempty"`
	Where string            `json:"where"` // where it was left, as Settings.Left kept it; empty for the brief
	Kept  map[string]string `json:"kept"`  // what the reader chose, by the keys of Settings.Keep
}

// A List is every incident of the workspace, the one declared last first.
type List struct {
	AsOf      int64         `json:"asOf"`
	Workspace string        `json:"workspace"` // its folder
	Me        string        `json:"me"`
	Incidents []IncidentRow `json:"incidents"`
}

// An IncidentRow is what the list shows of an incident.
type IncidentRow struct {
	ID         string   `json:"id"`
	Label      string   `json:"label"`
	Title      string   `json:"title"`
	Severity   string   `json:"severity"`
	Status     Status   `json:"status"`
	Ended      bool     `json:"ended"`
	Leads      []string `json:"leads"`
	Declared   int64    `json:"declared"`
	LastRecord int64    `json:"lastRecord"`
	Records    int      `json:"records"`
	People     int      `json:"people"`
	Mine       bool     `json:"mine"` // I lead it, or recorded something in it here
}

// Start returns what the window shows first. Where the workspace did not open,
// it tries once more.
func (i *Incidents) Start() (*Start, error) {
	if _, err := i.app.opened(); err != nil {
		i.app.open()
	}
	return call(i.app, "Incidents.Start", func() (*Start, error) {
		if first := i.app.first.Swap(nil); first != nil {
			return first, nil
		}
		return i.app.start()
	})
}

// All lists the incidents.
func (i *Incidents) All() (*List, error) {
	return call(i.app, "Incidents.All", i.app.list)
}

// A Declaration is what somebody who declares an incident says.
type Declaration struct {
	Title    string `json:"title"`
	Severity string `json:"severity"` // empty for unset
	Me       string `json:"me"`       // who declares it; empty for who acts anyway
}

// Declare begins an incident and returns its identity. Only the title is
// required. Whoever declares the first one owns the workspace from then on,
// if nobody does.
func (i *Incidents) Declare(d Declaration) (string, error) {
	return call(i.app, "Incidents.Declare", func() (string, error) {
		d.Title, d.Me = strings.TrimSpace(d.Title), strings.TrimSpace(d.Me)
		if d.Title == "" {
			return "", &Error{Code: codeInvalid, Message: "An incident needs a title.", Hint: "Say what is broken in a few words."}
		}
		if err := i.app.introduce(d.Me); err != nil {
			return "", err
		}
		return i.app.declare(d)
	})
}

// OpenSample puts the sample incident into the workspace, so that it ends
// now, and returns its identity.
func (i *Incidents) OpenSample() (string, error) {
	return call(i.app, "Incidents.OpenSample", func() (string, error) { return i.app.sample() })
}

// start opens the only incident on its brief, which is what somebody who
// joins reads; else the one that was open last; else the list.
func (a *App) start() (*Start, error) {
	list, err := a.list()
	if err != nil {
		return nil, err
	}
	s := &Start{List: *list, Kept: map[string]string{}}
	for _, key := range keptKeys {
		if s.Kept[key], err = a.ws.Setting("window." + key); err != nil {
			return nil, err
		}
	}
	if s.Open, err = a.toOpen(list); err != nil || s.Open == "" {
		return s, err
	}
	if s.Where, err = a.ws.Setting(leftKey(s.Open)); err != nil {
		return s, err
	}
	s.Brief, err = a.brief(s.Open, BriefAsk{Reader: ReaderJoining, Length: Length(brief.FiveMinutes)}, 0)
	return s, err
}

func (a *App) toOpen(list *List) (string, error) {
	if len(list.Incidents) == 1 {
		return list.Incidents[0].ID, nil
	}
	last, err := a.ws.Setting(settingLast)
	if err != nil {
		return "", err
	}
	for _, row := range list.Incidents {
		if row.ID == last {
			return last, nil
		}
	}
	return "", nil
}

func (a *App) list() (*List, error) {
	sums, err := a.ws.Incidents()
	if err != nil {
		return nil, err
	}
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	l := &List{AsOf: ms(a.now()), Workspace: a.ws.Dir(), Me: me, Incidents: []IncidentRow{}}
	for _, sum := range sums {
		row := rowOf(sum)
		if row.Mine, err = a.isMine(sum.ID, me, sum.Leads); err != nil {
			return nil, err
		}
		l.Incidents = append(l.Incidents, row)
	}
	return l, nil
}

func rowOf(sum workspace.Summary) IncidentRow {
	return IncidentRow{
		ID: sum.ID, Label: sum.Label, Title: sum.Title, Severity: sum.Severity, Status: Status(sum.Status),
		Ended: ended(sum.Status), Leads: append([]string{}, sum.Leads...), Declared: ms(sum.Declared),
		LastRecord: ms(sum.LastRecord), Records: sum.Counts.Records, People: sum.Counts.People,
	}
}

// introduce keeps the name of the workspace's owner when there is none yet.
func (a *App) introduce(name string) error {
	if name == "" || a.options.As != "" {
		return nil
	}
	known, err := a.ws.Owner()
	if err != nil || known != "" {
		return err
	}
	return a.ws.Set(workspace.SettingOwner, name)
}
