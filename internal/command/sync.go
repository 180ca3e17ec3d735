package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"bearings/internal/folder"
	"bearings/internal/incident"
	"bearings/internal/workspace"
)

type syncCmd struct {
	Folder string `help:"The shared folder (default: the one that was joined)." placeholder:"DIR"`
	New    bool   `help:"Share this workspace in the folder, where none is shared yet."`
	Sealed bool   `help:"With --new: whoever has no key reads no word in the folder."`
	Name   string `help:"With --new: what the shared workspace is called (default: the folder's name)." placeholder:"NAME"`
	Invite string `help:"The file of an invitation. Its six words are asked for." placeholder:"FILE"`
	Briefs *bool  `help:"Whether this machine keeps briefs in the folder, readable by whoever can read it (default: not in a sealed one)." negatable:""`
	Once   bool   `help:"Share what is here and read what is there, once."`
}

// Help shows how it is used.
func (c *syncCmd) Help() string {
	return `The folder is one that something else carries between machines: Syncthing, Dropbox, OneDrive, iCloud, a network
drive, a git checkout. Every machine keeps everything; deleting the folder deletes no incident.

Only --new founds a folder, so that one whose content has not arrived yet is never founded twice. It also fills a folder
again that was emptied.

Examples:

  bearings sync --folder ~/Shared/ops --new     share this workspace there
  bearings sync --folder ~/Shared/ops           join what is shared there, and stay in step
  bearings sync --once                          once, as from cron`
}

func (c *syncCmd) run(s *session) error {
	if (c.Sealed || c.Name != "") && !c.New {
		return usage("--sealed and --name say how a folder is founded: they need --new")
	}
	if c.New && c.Folder == "" {
		return usage("--new needs --folder DIR")
	}
	open := s.change
	if c.Folder != "" {
		open = s.begin
	}
	return open(func(ws *workspace.Workspace) error {
		s.keepOwner(ws)
		share, err := s.share(ws)
		if err != nil {
			return err
		}
		defer share.Close() // what it holds is in the workspace
		if err := c.setUp(s, ws, share); err != nil {
			return err
		}
		if c.Briefs != nil {
			if err := share.AllowBriefs(*c.Briefs); err != nil {
				return err
			}
		}
		if c.Once {
			return s.syncOnce(ws, share)
		}
		return s.syncOn(ws, share)
	})
}

// share opens what shares a workspace.
func (s *session) share(ws *workspace.Workspace) (*folder.Share, error) {
	return folder.Open(ws, folder.Options{BriefOf: func(id string) (map[string][]byte, error) {
		_, files, err := s.keeper(ws).Files(id)
		return files, err
	}})
}

// setUp founds or joins, where that is asked for.
func (c *syncCmd) setUp(s *session, ws *workspace.Workspace, share *folder.Share) error {
	if c.Folder == "" {
		return nil
	}
	path, err := filepath.Abs(c.Folder)
	if err != nil {
		return err
	}
	me, err := s.me(ws)
	if err != nil {
		return err
	}
	ctx := context.Background()
	if c.New {
		return share.Found(ctx, folder.FoundOptions{
			Folder: path, Name: c.Name, Person: me, Sealed: c.Sealed, Briefs: !c.Sealed, Profile: folder.ProfileOf(path),
		})
	}
	if here, err := folder.Of(ws); err != nil || here == path && c.Invite == "" {
		return err
	}
	o := folder.JoinOptions{Folder: path, Person: me, Profile: folder.ProfileOf(path)}
	if c.Invite != "" {
		if o.Invitation, o.Words, err = s.invitation(c.Invite); err != nil {
			return err
		}
	}
	return share.Join(ctx, o)
}

// invitation reads the file of an invitation, and its words from who types
// them.
func (s *session) invitation(name string) (file []byte, words string, err error) {
	info, err := os.Stat(name)
	if err == nil && info.Size() > folder.MaxInvitation {
		err = fmt.Errorf("%s is no invitation: it is too large", name)
	}
	if err == nil {
		file, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read the invitation: %w", err)
	}
	if words = os.Getenv("BEARINGS_WORDS"); words != "" {
		return file, words, nil
	}
	_, _ = fmt.Fprint(s.Err, "The six words of the invitation: ")
	s.progress.rest(func() { words, err = line(s.In) })
	return file, words, err
}

// line reads a line that somebody types.
func line(in interface{ Read([]byte) (int, error) }) (string, error) {
	var text strings.Builder
	for b := make([]byte, 1); text.Len() < 1000; {
		n, err := in.Read(b)
		if n > 0 && b[0] == '\n' || err != nil {
			break
		}
		text.Write(b[:n])
	}
	if strings.TrimSpace(text.String()) == "" {
		return "", errors.New("nothing was typed")
	}
	return strings.TrimSpace(text.String()), nil
}

// synced is the answer about one round.
type synced struct {
	Folder     string   `json:"folder"`
	Published  int      `json:"published"`
	Healed     int      `json:"healed"`
	Added      int      `json:"added"`
	Records    int      `json:"records"`
	Sent       int      `json:"files_sent"`
	Fetched    int      `json:"files_fetched"`
	Erased     int      `json:"erased"`
	Packed     int      `json:"packed"`
	NotHere    int      `json:"files_not_here"`
	Holes      int      `json:"holes"`
	Waiting    int      `json:"waiting"`
	SkewSecond int      `json:"clock_off_s"`
	Strays     []string `json:"strays"`
	State      string   `json:"state"`
	Words      string   `json:"words"`
}

func (s *session) syncOnce(ws *workspace.Workspace, share *folder.Share) error {
	count := s.progress.count("Reading")
	r, err := share.Once(context.Background(), func(done, total int64) {
		const kilobyte = 1 << 10
		count(int(done/kilobyte), int(total/kilobyte))
	})
	if err != nil {
		return share.Explain(err)
	}
	s.keepSummaries(ws)
	st := share.State()
	if s.json {
		out := synced{
			Folder: st.Folder, Published: r.Published, Healed: r.Healed, Added: r.Added, Records: r.Records,
			Sent: r.Sent, Fetched: r.Fetched, Erased: r.Erased, Packed: r.Packed, NotHere: st.ToFetch, Holes: st.Holes, Waiting: st.Waiting,
			SkewSecond: int(st.Skew.Seconds()), Strays: []string{}, State: string(st.Phase), Words: folder.Words(st, s.now),
		}
		for _, t := range st.Strays {
			out.Strays = append(out.Strays, t.What)
		}
		return s.answer(out)
	}
	s.say("Shared %s, took in %s.", count2(r.Published+r.Healed, "change"), count2(r.Added, "change"))
	s.sayFiles(r, st)
	s.sayStanding(st)
	return nil
}

func (s *session) sayFiles(r folder.Report, st folder.State) {
	if r.Sent > 0 || r.Fetched > 0 {
		s.say("Files of evidence: %d sent, %d came.", r.Sent, r.Fetched)
	}
	if st.ToFetch > 0 {
		s.say("Not here yet: %s of evidence.", count(st.ToFetch, "file"))
	}
	if r.Packed > 0 {
		s.say("Old files of the folder that are one now: %d.", r.Packed)
	}
	if r.Erased > 0 {
		s.say("Erased from the folder: %s. What carries it may keep versions: change what was secret.", count(r.Erased, "line"))
	}
}

// sayStanding says what there is to know beside that all is well.
func (s *session) sayStanding(st folder.State) {
	if st.Trouble != nil {
		s.say("%s %s %s", st.Trouble.What, st.Trouble.Effect, st.Trouble.Do)
	}
	if st.Waiting > 0 {
		s.say("Set aside: %s of devices or keys that are not known yet.", count(st.Waiting, "change"))
	}
	if st.Skew != 0 {
		s.say("This machine's clock is off by about %s: set it right.", st.Skew.Abs().Round(1e9))
	}
	for _, t := range st.Strays {
		s.say("In the folder: %s", oneLine(t.What))
	}
	s.say("%s.", folder.Words(st, s.now))
}

// count2 counts a noun, also none of it.
func count2(n int, noun string) string {
	if n == 0 {
		return "no " + noun + "s"
	}
	return count(n, noun)
}

// syncOn stays in step, and says what comes, until it is told to end.
func (s *session) syncOn(ws *workspace.Workspace, share *folder.Share) error {
	if share.State().Phase == folder.Alone {
		return notSharedHere()
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- share.Run(ctx) }()
	records := map[string]int{}
	if sums, err := ws.Incidents(); err == nil {
		for _, sum := range sums {
			records[sum.ID] = sum.Counts.Records
		}
	}
	changes, said := ws.Watch(ctx), ""
	s.progress.end()
	for {
		select {
		case err := <-done:
			if err != nil {
				err = share.Explain(err)
			}
			return err
		case c, more := <-changes:
			if !more {
				changes = nil
				continue
			}
			s.sayChange(ws, c.Incident, records)
		case <-share.Changed():
			if now := standing(share.State()); now != "" && now != said {
				said = now
				s.say("%s", now)
			}
		}
		if err := s.flush(); err != nil {
			stop()
			<-done
			return err
		}
	}
}

func notSharedHere() error {
	return &incident.Error{
		Code: folder.CodeNotShared, Message: "this workspace is not shared",
		Hint: "Join a shared folder with bearings sync --folder DIR, or share this workspace in one with --new.",
	}
}

// standing says how sharing stands, without what changes by itself; nothing
// where there is nothing to say.
func standing(st folder.State) string {
	if st.Trouble != nil {
		return oneLine(st.Trouble.What + " " + st.Trouble.Effect + " " + st.Trouble.Do)
	}
	words := folder.Words(st, st.Read)
	if words == "" {
		return "" // it only begins
	}
	return words + "."
}

// sayChange says that records of an incident came, or were written here.
func (s *session) sayChange(ws *workspace.Workspace, id string, records map[string]int) {
	sum, err := ws.Find(id)
	if err != nil || sum.Counts.Records == records[id] {
		return
	}
	s.say("%s %s: %s new", oneLine(sum.Label), oneLine(sum.Title), count(sum.Counts.Records-records[id], "record"))
	records[id] = sum.Counts.Records
}
