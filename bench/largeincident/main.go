// Command largeincident writes the incident file on which the window is
// measured to standard output: generated, of 20,000 records, with more than
// 500 threads and 1,000 claims, as if it had gone on until now.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"regexp"
	"time"

	"bearings/internal/incident/incidenttest"
)

// The generated incident has some 400 threads; these come on top, open and
// each with an owner.
const (
	records = 20_000
	opened  = 120
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	if err := write(w, time.Now()); err != nil {
		log.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
}

var moment = regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"`)

func write(w *bufio.Writer, now time.Time) error {
	generated := incidenttest.Records(1, records-opened)
	last := generated[len(generated)-1]
	later := now.Add(-time.Minute).Sub(last.At)
	w.Write(moment.ReplaceAllFunc(incidenttest.File(1, records-opened), func(text []byte) []byte {
		at, err := time.Parse(time.RFC3339, string(bytes.Trim(text, `"`)))
		if err != nil {
			return text
		}
		return []byte(`"` + at.Add(later).Format(time.RFC3339Nano) + `"`)
	}))
	lines := json.NewEncoder(w)
	for n := range opened {
		err := lines.Encode(map[string]string{
			"at": now.Add(-time.Minute).UTC().Format(time.RFC3339), "by": last.By, "do": "thread.open",
			"id": fmt.Sprint("opened-", n), "title": fmt.Sprintf("Follow the gateway of zone %d", n), "owner": last.By,
			"kind": []string{"investigate", "mitigate", "support"}[n%3],
		})
		if err != nil {
			return err
		}
	}
	return nil
}
