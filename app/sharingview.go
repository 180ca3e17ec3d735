package app

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bearings/internal/folder"
	"bearings/internal/incident"
)

// A SharingView is all that there is to know about sharing, in words.
type SharingView struct {
	Line    SharingLine `json:"line"`
	AsOf    int64       `json:"asOf"`
	Me      string      `json:"me"`
	Named   bool        `json:"named"` // somebody said who sits here
	Name    string      `json:"name"`  // of the shared workspace
	Folder  string      `json:"folder"`
	Sealed  bool        `json:"sealed"`
	Trouble *TroubleRow `json:"trouble,omitempty"`

	Part     int          `json:"part"` // of a long reading, in percent
	Progress string       `json:"progress"`
	Facts    []FactRow    `json:"facts"`
	Strays   []TroubleRow `json:"strays"`
	Members  []MemberRow  `json:"members"`
	Check    CheckView    `json:"check"`

	Invitation string       `json:"invitation"` // where the file of the next one is kept, if nobody says otherwise
	Words      SharingWords `json:"words"`
	Offer      string       `json:"offer"` // a folder that might be meant, of what carries folders on this machine
}

// A TroubleRow is something to know, in three parts.
type TroubleRow struct {
	What   string `json:"what"`
	Effect string `json:"effect"`
	Do     string `json:"do"`
}

// A FactRow is something about the folder.
type FactRow struct {
	Name string `json:"name"`
	Says string `json:"says"`
	Do   string `json:"do"`   // what to do about it
	Late bool   `json:"late"` // it is not as it should be
}

// A MemberRow is a machine that shares the workspace, and who sits before it.
type MemberRow struct {
	Device  string `json:"device"`
	Person  string `json:"person"`
	Machine string `json:"machine"`
	Self    bool   `json:"self"`
	Removed bool   `json:"removed"`
	Came    string `json:"came"`  // how it came to share
	Wrote   string `json:"wrote"` // when it wrote last
	Seen    string `json:"seen"`  // what of all that is here it has seen
	Late    bool   `json:"late"`  // it lacks something, or something of it is missing
}

func (a *App) sharingView() (*SharingView, error) {
	a.sharing.paint()
	me, err := a.me()
	if err != nil {
		return nil, err
	}
	owner, err := a.ws.Owner()
	if err != nil {
		return nil, err
	}
	state, now := a.sharing.state(), a.now()
	v := &SharingView{
		Line: lineOf(state, now), AsOf: ms(now), Me: me, Named: owner != "" || a.options.As != "",
		Name: state.Name, Folder: state.Folder, Sealed: state.Sealed, Trouble: troubleOf(state.Trouble),
		Part: part(state.Done, state.Total), Facts: folderFacts(state, now), Strays: []TroubleRow{}, Members: []MemberRow{},
		Check: checkOf(a.sharing.lastCheck()), Invitation: nextInvitation(), Offer: carried(), Words: sharingWords(state.Sealed),
	}
	if state.Phase == folder.Reading {
		v.Progress = progressOf(state)
	}
	for _, s := range state.Strays[:min(len(state.Strays), mostTroubles)] {
		v.Strays = append(v.Strays, *troubleOf(&s))
	}
	for _, m := range ordered(state.Members) {
		v.Members = append(v.Members, memberRow(state, m, now))
	}
	return v, nil
}

func troubleOf(t *folder.Trouble) *TroubleRow {
	if t == nil {
		return nil
	}
	return &TroubleRow{What: t.What, Effect: t.Effect, Do: t.Do}
}

// progressOf says how far a long reading is.
func progressOf(s folder.State) string {
	if s.Total == 0 {
		return "Looking through the folder"
	}
	return fmt.Sprintf("%s of %s read. A new incident can be declared and worked on meanwhile.", size(s.Done), size(s.Total))
}

// size is a number of bytes in words.
func size(n int64) string {
	switch {
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", (n+999)/1000)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	default:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	}
}

// folderFacts says what the folder holds, who wrote last, what is missing, and
// what to do about it.
func folderFacts(s folder.State, now time.Time) []FactRow {
	facts := []FactRow{}
	say := func(name, says string) { facts = append(facts, FactRow{Name: name, Says: says}) }
	warn := func(name, says, do string) {
		facts = append(facts, FactRow{Name: name, Says: says, Do: do, Late: true})
	}

	looked := folder.Ago(s.Read, now)
	if looked != "" && (s.Phase == folder.Offline || s.Phase == folder.Stopped) {
		looked += ", and not since"
	}
	say("Looked through", cmp.Or(looked, "not yet"))
	say("Written last", lastWriter(s, now))
	if s.ToShare == 0 {
		say("To share", "Nothing: all that is here is in the folder")
	} else {
		say("To share", counted(s.ToShare, "change", "changes")+" of this machine")
	}
	if s.ToFetch > 0 {
		say("Not here yet", counted(s.ToFetch, "file", "files")+" of evidence. They open as soon as they come")
	}
	reads := s.Phase == folder.Reading // what is not read yet is not missing
	if s.Holes > 0 && !reads {
		warn("Not arrived", counted(s.Holes, "change", "changes")+" that others wrote: "+writersMissing(s), "Look whether what carries the folder is in step on their machines. Whoever has them puts them into the folder again.")
	}
	if s.Waiting > 0 && !reads {
		warn("Kept aside", counted(s.Waiting, "change", "changes")+" of a machine that is not known here yet, or sealed with a key that has not arrived", "They are taken in by themselves when its card or the key comes.")
	}
	if s.Skew != 0 {
		warn("Clock", skewed(s.Skew), "Set the clock of this machine. What was written keeps its times.")
	}
	return facts
}

// lastWriter says who put something into the folder last.
func lastWriter(s folder.State, now time.Time) string {
	last := folder.Member{Wrote: s.Written, Self: true}
	for _, m := range s.Members {
		if !m.Self && m.Wrote.After(last.Wrote) {
			last = m
		}
	}
	switch {
	case last.Wrote.IsZero():
		return "Nobody has yet"
	case last.Self:
		return "This machine, " + folder.Ago(last.Wrote, now)
	default:
		return whoOn(last) + ", " + folder.Ago(last.Wrote, now)
	}
}

// whoOn names a member: who sits before which machine.
func whoOn(m folder.Member) string {
	switch {
	case m.Person == "":
		return cmp.Or(m.Name, m.Device)
	case m.Name == "":
		return m.Person
	default:
		return m.Person + " on " + m.Name
	}
}

func writersMissing(s folder.State) string {
	var who []string
	for _, m := range s.Members {
		if m.Missing > 0 {
			who = append(who, grouped(int64(m.Missing))+" from "+whoOn(m))
		}
	}
	return strings.Join(who, ", ")
}

// erased says what stays of a redacted evidence, and where it may still be
// seen: a person who redacts a secret has to know whom to ask. It is empty
// where nothing is redacted.
func (a *App) erased(id string, e *incident.Evidence) (string, error) {
	if !e.Redacted {
		return "", nil
	}
	machines, err := a.erasedOn(id, e)
	return "Its record stays, and counts as it did." + machines + " Backups and exports made before may still hold it: if it was a secret, change that secret.", err
}

// erasedOn says on which machines a redacted evidence is destroyed, as far as
// they have been heard of. It is empty where the workspace is not shared.
func (a *App) erasedOn(id string, e *incident.Evidence) (string, error) {
	share := a.sharing.running()
	if share == nil {
		return "", nil
	}
	done, waiting, err := share.Erased(id, e.ID)
	if err != nil || len(done)+len(waiting) == 0 {
		return "", err
	}
	if len(waiting) == 0 {
		return " Erased on " + counted(len(done), "machine", "machines") + ", as all have said.", nil
	}
	return fmt.Sprintf(" Erased on %d of %d machines. Not heard yet from %s.", len(done), len(done)+len(waiting), membersNamed(waiting)), nil
}

func membersNamed(members []folder.Member) string {
	var names []string
	for _, m := range members {
		names = append(names, whoOn(m))
	}
	return strings.Join(names, ", ")
}

func skewed(d time.Duration) string {
	if d > 0 {
		return "This machine’s clock is " + folder.Span(d) + " ahead of the others’"
	}
	return "This machine’s clock is " + folder.Span(-d) + " behind the others’"
}

// ordered puts this machine first, then the others by who they are, those that
// were removed last.
func ordered(members []folder.Member) []folder.Member {
	out := slices.Clone(members)
	rank := func(m folder.Member) int {
		switch {
		case m.Self:
			return 0
		case m.Removed.IsZero():
			return 1
		default:
			return 2
		}
	}
	slices.SortStableFunc(out, func(a, b folder.Member) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Name, b.Name))
	})
	return out
}

func memberRow(s folder.State, m folder.Member, now time.Time) MemberRow {
	if s.Phase == folder.Reading {
		m.Missing = 0
	}
	row := MemberRow{
		Device: m.Device, Person: cmp.Or(m.Person, "Somebody"), Machine: cmp.Or(m.Name, m.Device), Self: m.Self, Removed: !m.Removed.IsZero(),
		Came: came(s, m, now), Late: m.Removed.IsZero() && (m.Lacks > 0 || m.Missing > 0),
	}
	switch {
	case m.Wrote.IsZero():
		row.Wrote = "Wrote nothing yet"
	default:
		row.Wrote = "Wrote " + folder.Ago(m.Wrote, now)
	}
	if !row.Self && !row.Removed {
		row.Seen = seenWords(m, now)
	}
	return row
}

// came says how a machine came to share the workspace, or went.
func came(s folder.State, m folder.Member, now time.Time) string {
	if !m.Removed.IsZero() {
		return "Removed " + folder.Ago(m.Removed, now)
	}
	joined := "Joined " + folder.Ago(m.Joined, now)
	if m.Joined.IsZero() {
		joined = "Joined"
	}
	if m.Invited == "" {
		return joined
	}
	for _, by := range s.Members {
		if by.Device == m.Invited {
			return joined + ", invited by " + cmp.Or(by.Person, by.Name)
		}
	}
	return joined
}

// seenWords says what of all that is here a machine has seen.
func seenWords(m folder.Member, now time.Time) string {
	missing := ""
	if m.Missing > 0 {
		missing = counted(m.Missing, "change", "changes") + " of theirs not arrived here. "
	}
	switch {
	case m.Heard.IsZero():
		return missing + "Has not said yet what it has"
	case m.Lacks == 0:
		return missing + "Has all that is here, as of " + folder.Ago(m.Heard, now)
	default:
		return missing + "Lacked " + counted(m.Lacks, "change", "changes") + " " + folder.Ago(m.Heard, now)
	}
}

// carriers are the folders that what carries folders makes by itself.
var carriers = []string{"Sync", "Dropbox", "OneDrive", "Nextcloud", "Library/Mobile Documents/com~apple~CloudDocs"}

// carried is a folder that might be meant: one of what carries folders on this
// machine. Empty where there is none.
func carried() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, c := range carriers {
		dir := filepath.Join(home, filepath.FromSlash(c))
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return filepath.Join(dir, "bearings")
		}
	}
	return ""
}

// nextInvitation is where the file of the next invitation is kept, if nobody
// says otherwise.
func nextInvitation() string {
	home, err := os.UserHomeDir()
	if err != nil {
		home = os.TempDir()
	}
	path := filepath.Join(home, "bearings-invitation.txt")
	for n := 2; n < 100; n++ {
		if _, err := os.Lstat(path); err != nil {
			break
		}
		path = filepath.Join(home, fmt.Sprintf("bearings-invitation-%d.txt", n))
	}
	return path
}
