// Command manyevidence makes a workspace in which the inbox of one incident
// is measured: manyevidence WORKSPACE NUMBER SCREENSHOT. Each evidence is a
// screenshot of a megabyte; a few files of such serve for all, since what is
// measured is how they are listed and shown.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"time"

	"bearings/internal/evidence"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

const (
	files = 40
	size  = 1 << 20
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: manyevidence WORKSPACE NUMBER SCREENSHOT")
	}
	number, err := strconv.Atoi(os.Args[2])
	if err == nil {
		err = fill(os.Args[1], number, os.Args[3])
	}
	if err != nil {
		log.Fatal(err)
	}
}

func fill(dir string, number int, screenshot string) (err error) {
	picture, err := os.ReadFile(screenshot)
	if err != nil {
		return err
	}
	ws, err := workspace.Open(dir, workspace.Options{Owner: "Ada"})
	if err != nil {
		return err
	}
	defer func() {
		if closed := ws.Close(); err == nil {
			err = closed
		}
	}()
	begun, err := ws.Record("", &record.Record{Do: "incident.declare", By: "Ada", Fields: []record.Field{record.TextField("title", "Much to look at")}})
	if err != nil {
		return err
	}
	incident := begun[0].Incident
	var sums []string
	for n := range min(files, number) {
		// What follows the end of a PNG is no part of the picture, and makes another file.
		data := append(bytes.Clone(picture), bytes.Repeat([]byte{byte(n + 1)}, max(0, size-len(picture)))...)
		taken, err := evidence.Take(ws, incident, evidence.Source{Data: data, Name: fmt.Sprintf("screen %d.png", n), How: "drop"},
			evidence.Target{By: "Ada", Now: time.Now()})
		if err != nil {
			return err
		}
		sums = append(sums, taken.SHA256)
	}
	var rest []*record.Record
	for n := len(sums); n < number; n++ {
		rest = append(rest, &record.Record{Do: "evidence.add", By: "Ada", Fields: []record.Field{
			record.TextField("kind", "screenshot"), record.TextField("file", fmt.Sprintf("screen %d.png", n)),
			record.TextField("sha256", sums[n%len(sums)]), {Key: "bytes", Value: []byte(strconv.Itoa(size))},
			record.TextField("format", "png"), record.TextField("how", "drop"),
		}})
	}
	for step := range slices.Chunk(rest, 500) {
		if _, err := ws.Record(incident, step...); err != nil {
			return err
		}
	}
	return nil
}
