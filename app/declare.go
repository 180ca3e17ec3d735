package app

import (
	"os/user"

	"bearings/internal/exchange/sample"
	"bearings/internal/record"
)

// declare begins an incident and returns its identity.
func (a *App) declare(d Declaration) (string, error) {
	me := d.Me
	if me == "" {
		var err error
		if me, err = a.me(); err != nil {
			return "", err
		}
	}
	fields := []record.Field{record.TextField("title", d.Title)}
	if d.Severity != "" {
		fields = append(fields, record.TextField("severity", d.Severity))
	}
	kept, err := a.ws.Record("", &record.Record{By: me, Do: "incident.declare", Fields: fields})
	if err != nil {
		return "", err
	}
	a.takePart(kept[0].Incident, me)
	return kept[0].Incident, nil
}

// sample puts the sample incident into the workspace, unless it is there, and
// returns its identity. It is told in the reader's own zone.
func (a *App) sample() (string, error) {
	report, err := sample.Load(a.ws, a.now().In(a.zone))
	return report.Incident, err
}

// sampleIfEmpty loads the sample into a workspace without incidents.
func (a *App) sampleIfEmpty() error {
	sums, err := a.ws.Incidents()
	if err != nil || len(sums) > 0 {
		return err
	}
	_, err = a.sample()
	return err
}

// me is who acts: who was named at the start, else the owner of the
// workspace, else whoever is logged in.
func (a *App) me() (string, error) {
	if a.options.As != "" {
		return a.options.As, nil
	}
	owner, err := a.ws.Owner()
	if err != nil || owner != "" {
		return owner, err
	}
	u, err := user.Current()
	if err != nil {
		return "Somebody", nil
	}
	if u.Name != "" {
		return u.Name, nil
	}
	return u.Username, nil
}
