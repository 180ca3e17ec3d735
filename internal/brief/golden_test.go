package brief_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"bearings/internal/brief"
	"bearings/internal/incident"
)

var update = flag.Bool("update", false, "write the golden files anew")

func holdGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestBriefsReadAsInTheGoldenFiles(t *testing.T) {
	const sampleAt, floodAt, prowAt = "2026-11-22T03:41:09+01:00", "2018-04-18T17:23:00+02:00", "2019-02-05T11:20:00-08:00"
	for _, test := range []struct {
		name, incident, at, since string
		options                   brief.Options
	}{
		{"sample-1m.txt", "sample", sampleAt, "", brief.Options{Length: brief.OneMinute}},
		{"sample-5m.txt", "sample", sampleAt, "", brief.Options{Length: brief.FiveMinutes, Reader: "Priya Nair"}},
		{"sample-full.txt", "sample", sampleAt, "", brief.Options{Length: brief.Full}},
		{"sample-handover.txt", "sample", sampleAt, "", brief.Options{Handover: true}},
		{"sample-away-1m.txt", "sample", sampleAt, "2026-11-22T02:50:00+01:00", brief.Options{Length: brief.OneMinute}},
		{"sample-away-5m.txt", "sample", sampleAt, "2026-11-22T02:50:00+01:00", brief.Options{Reader: "Priya Nair"}},
		{"sample-1m.json", "sample", sampleAt, "", brief.Options{Length: brief.OneMinute}},
		{"sample-5m.md", "sample", sampleAt, "", brief.Options{}},
		{"cullflood-5m.txt", "cullflood", floodAt, "", brief.Options{}},
		{"cullflood-away.txt", "cullflood", "2018-04-19T12:00:00+02:00", "2018-04-18T17:22:00+02:00", brief.Options{}},
		{"prow-5m.md", "prow-2019-02-05", prowAt, "", brief.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			whole := readCase(t, test.incident)
			at, err := time.Parse(time.RFC3339, test.at)
			if err != nil {
				t.Fatal(err)
			}
			_, offset := at.Zone()
			test.options.Zone = time.FixedZone("", offset)
			var since *incident.State
			if test.since != "" {
				if test.options.Since, err = time.Parse(time.RFC3339, test.since); err != nil {
					t.Fatal(err)
				}
				since = whole.AsOf(test.options.Since).At(test.options.Since)
			}
			b := brief.Write(whole.AsOf(at).At(at), since, test.options)
			switch filepath.Ext(test.name) {
			case ".md":
				holdGolden(t, test.name, brief.Markdown(b))
			case ".json":
				j, err := brief.JSON(b)
				if err != nil {
					t.Fatal(err)
				}
				holdGolden(t, test.name, string(j))
			default:
				holdGolden(t, test.name, brief.Text(b))
			}
		})
	}
}
