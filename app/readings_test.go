//go:build !windows

package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bearings/app"
)

// series is what the readings of an incident show: name, unit and values by
// local time.
func series(s app.Screens, id string) map[string][]string {
	out := map[string][]string{}
	for _, r := range must(s.Cockpit(id, 0)).Readings {
		for _, p := range r.Points {
			at := time.UnixMilli(p.At).In(now.Location()).Format("15:04:05")
			name := strings.TrimSpace(r.Name + " " + r.Unit)
			out[name] = append(out[name], fmt.Sprintf("%s %v", at, p.Value))
		}
	}
	return out
}

func TestReadingsComeFromCSV(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string][]string
	}{
		"no header": {
			"2026-11-22 02:10,0.5\n2026-11-22 02:20:30,38\n",
			map[string][]string{"failing": {"02:10:00 0.5", "02:20:30 38"}},
		},
		"names and units": {
			"2026-11-22T01:10:00Z,12,failing payments,%\n2026-11-22T02:20:00+01:00,240,latency,ms\n",
			map[string][]string{"failing payments %": {"02:10:00 12"}, "latency ms": {"02:20:00 240"}},
		},
		"header in another order, a mark and empty lines": {
			"\ufeffName,Value,Time\r\n\r\nlatency,7,2026-11-22 02:10\r\nlatency,-8.25,2026-11-22 02:11\r\n",
			map[string][]string{"latency": {"02:10:00 7", "02:11:00 -8.25"}},
		},
		"a column for each, semicolons and decimal commas": {
			"timestamp;fails;\"slow; very\"\n2026-11-22 02:10;1,5;\n2026-11-22 02:11;2;30%\n",
			map[string][]string{"fails": {"02:10:00 1.5", "02:11:00 2"}, "slow; very": {"02:11:00 30"}},
		},
		"the same twice": {
			"2026-11-22 02:10,1\n2026-11-22 02:10,1\n2026-11-22 02:10,2\n",
			map[string][]string{"failing": {"02:10:00 1", "02:10:00 2"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, id, _ := begun(t)
			path := filepath.Join(t.TempDir(), "failing.csv")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			v := must(s.FromCSV(id, path))
			if diff := cmp.Diff(c.want, series(s, id)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if v.Added == 0 || v.From == 0 || v.To < v.From || v.Says == "" {
				t.Errorf("says %+v", v)
			}
			again := must(s.FromCSV(id, path))
			if again.Added != 0 || again.Known != v.Added+v.Known {
				t.Errorf("dropped twice: %+v", again)
			}
		})
	}
}

func TestReadingsThatAreWrongSayWhereAndNothingIsRecorded(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-22 02:10,1\n2026-11-22 02:11,many":       `Line 2: "many" is no number.`,
		"2026-11-22 02:10,1\nyesterday,2":                 `Line 2: "yesterday" is no time`,
		"time,value\n2026-11-22 02:10":                    `Line 2: "" is no number.`,
		"2026-11-22 02:10,NaN":                            `Line 1: "NaN" is no number.`,
		"2026-11-22 02:10,1e999":                          `Line 1: "1e999" is no number.`,
		"2026-11-23 02:10,1":                              "Line 1: 2026-11-23 02:10 is yet to come.",
		"2026-11-22 02:10,\"1":                            "Line 1: ",
		"# a comment\n":                                   `Line 1: "# a comment" is no time`,
		"":                                                "There are no readings in it.",
		"time,value\n":                                    "There are no readings in it.",
		"\x89PNG\r\n\x1a\n\x00\x00":                       "That is no text",
		"2026-11-22 02:10,1\x00":                          "That is no text",
		strings.Repeat("2026-11-22 02:10,1\n", 10_001):    "There are more than 10,000 values in it.",
		strings.Repeat("x", 5<<20+1):                      "That is more than 5 MB of readings.",
		"time,a,b\n2026-11-22 02:10,1,2\n2026-11-22 3,1,": "Line 3: ",
	} {
		s, id, _ := begun(t)
		_, err := s.FromText(id, "failing", text)
		got := told(t, err)
		if !strings.HasPrefix(got.Message, want) || got.Hint == "" {
			t.Errorf("%.40q: told %+v, want %q", text, got, want)
		}
		if n := must(s.Cockpit(id, 0)).Head.Records; n != 1 {
			t.Errorf("%.40q: %d records", text, n)
		}
	}
}

func TestManyReadingsComeInWhole(t *testing.T) {
	s, id, _ := begun(t)
	var text strings.Builder
	for n := range 2_500 {
		fmt.Fprintf(&text, "%s,%d\n", now.Add(-time.Duration(n)*time.Second).Format(time.RFC3339), n)
	}
	if v := must(s.FromText(id, "failing", text.String())); v.Added != 2_500 {
		t.Errorf("%+v", v)
	}
	if n := must(s.Cockpit(id, 0)).Head.Records; n != 2_501 {
		t.Errorf("%d records", n)
	}
}

func TestOnlyAPlainFileIsReadAsReadings(t *testing.T) {
	s, id, _ := begun(t)
	dir := t.TempDir()
	file, link, fifo := filepath.Join(dir, "r.csv"), filepath.Join(dir, "link.csv"), filepath.Join(dir, "fifo.csv")
	if err := os.WriteFile(file, []byte("2026-11-22 02:10,1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(dir, "large.csv")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 5<<20+1); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir: "invalid", link: "invalid", fifo: "invalid", large: "invalid", "/dev/zero": "invalid", filepath.Join(dir, "none"): "not_found", "": "not_found",
	} {
		if _, err := s.FromCSV(id, path); code(t, err) != want {
			t.Errorf("%q: %v", path, err)
		}
	}
	must(s.FromCSV(id, file))
}
