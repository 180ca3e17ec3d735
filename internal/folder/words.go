package folder

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// justNow is how long the age of what was read is said as "just now": a number
// that moves tells nothing as long as the folder is looked through every few
// seconds.
const justNow = 5 * time.Second

// Words says in one line how sharing stands: "In step with 5 people, 8 s ago".
func Words(s State, now time.Time) string {
	switch s.Phase {
	case InStep:
		if len(s.Others()) == 0 {
			return "Shared, nobody has joined yet"
		}
		return join(s.with(), Ago(s.Read, now), s.absent())
	case Sending:
		return join(s.toShare(), s.absent())
	case Reading:
		return "Reading the shared folder" + s.part()
	case Offline:
		return join("Working alone for "+Span(now.Sub(s.Since)), "nothing is lost", s.toShare())
	case Stopped:
		return join("Sharing has stopped", "nothing is lost", s.toShare())
	case Excluded:
		return join("This machine was removed from the shared workspace", "nothing is lost")
	default:
		return "Saved on this machine"
	}
}

// Others are the members besides this machine that were not removed.
func (s State) Others() []Member {
	var out []Member
	for _, m := range s.Members {
		if !m.Self && m.Removed.IsZero() {
			out = append(out, m)
		}
	}
	return out
}

// with names how many people it is shared with: somebody with two machines is
// one.
func (s State) with() string {
	me := ""
	for _, m := range s.Members {
		if m.Self {
			me = m.Person
		}
	}
	people := map[string]bool{}
	for _, m := range s.Others() {
		switch {
		case m.Person == "":
			people["\x00"+m.Device] = true
		case m.Person != me:
			people[m.Person] = true
		}
	}
	switch {
	case len(people) == 1:
		return "In step with 1 person"
	case len(people) > 1:
		return fmt.Sprintf("In step with %d people", len(people))
	default:
		return "In step with your other machines"
	}
}

func (s State) toShare() string { return counted(s.ToShare, "change to share", "changes to share") }

// absent says how much others wrote that has not arrived.
func (s State) absent() string {
	return counted(s.Holes, "change of others has not arrived", "changes of others have not arrived")
}

// part says how far a reading is.
func (s State) part() string {
	if s.Total <= 0 {
		return ""
	}
	return fmt.Sprintf(", %d %%", min(100, 100*s.Done/s.Total))
}

func counted(n int, one, several string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + one
	default:
		return strconv.Itoa(n) + " " + several
	}
}

// Ago says how long ago something was, nothing where it never was: "just now",
// "8 s ago", "2 days ago".
func Ago(then, now time.Time) string {
	switch d := now.Sub(then); {
	case then.IsZero():
		return ""
	case d < justNow:
		return "just now"
	default:
		return Span(d) + " ago"
	}
}

// Span says how long: "8 s", "4 min", "3 h", "2 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return strconv.Itoa(max(0, int(d/time.Second))) + " s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	default:
		return strconv.Itoa(int(d/(24*time.Hour))) + " days"
	}
}

// join makes one line of what there is to say.
func join(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}
