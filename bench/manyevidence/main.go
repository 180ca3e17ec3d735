// Command manyevidence makes a workspace whose one incident has much evidence,
// for the inbox and the claims to be measured with: manyevidence WORKSPACE
// NUMBER CLAIMS SCREENSHOT. Each evidence is a screenshot of a megabyte. With
// claims, it speaks for one of them or against it; with none, it waits in the
// inbox. Some files of such a size serve for all, since what is measured is how
// they are listed and shown; those of one claim are all different.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"

	"bearings/internal/record"
	"bearings/internal/workspace"
)

const (
	files = 200
	size  = 1 << 20
)

func main() {
	if len(os.Args) != 5 {
		log.Fatal("usage: manyevidence WORKSPACE NUMBER CLAIMS SCREENSHOT")
	}
	number, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	claims, err := strconv.Atoi(os.Args[3])
	if err == nil {
		err = fill(os.Args[1], number, claims, os.Args[4])
	}
	if err != nil {
		log.Fatal(err)
	}
}

func fill(dir string, number, claims int, screenshot string) (err error) {
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
	begun, err := ws.Record("", act("incident.declare", "title", "Much to look at"))
	if err != nil {
		return err
	}
	incident := begun[0].Incident
	sums, err := put(ws, picture, min(files, number))
	if err != nil {
		return err
	}
	var about []string
	for n := range claims {
		made, err := ws.Record(incident, act("claim.make", "text", fmt.Sprintf("Belief %d", n+1)))
		if err != nil {
			return err
		}
		about = append(about, made[0].ID)
	}
	var all []*record.Record
	for n := range number {
		one := act("evidence.add", "kind", "screenshot", "file", fmt.Sprintf("screen %d.png", n), "sha256", sums[n%len(sums)], "format", "png", "how", "drop")
		one.Fields = append(one.Fields, record.Field{Key: "bytes", Value: []byte(strconv.Itoa(size))})
		if claims > 0 {
			side := []string{"supports", "contradicts"}[n%2]
			link, err := json.Marshal(map[string]string{about[n*claims/number]: side})
			if err != nil {
				return err
			}
			one.Fields = append(one.Fields, record.Field{Key: "claims", Value: link})
		}
		all = append(all, one)
	}
	for step := range slices.Chunk(all, 500) {
		if _, err := ws.Record(incident, step...); err != nil {
			return err
		}
	}
	return nil
}

func act(do string, fields ...string) *record.Record {
	r := &record.Record{Do: do, By: "Ada"}
	for i := 0; i < len(fields); i += 2 {
		r.Fields = append(r.Fields, record.TextField(fields[i], fields[i+1]))
	}
	return r
}

// put puts so many files of a picture, each of another hash, into a workspace.
func put(ws *workspace.Workspace, picture []byte, number int) ([]string, error) {
	var sums []string
	for n := range number {
		// What follows the end of a PNG is no part of the picture, and makes another file.
		data := append(bytes.Clone(picture), bytes.Repeat([]byte{byte(n + 1)}, max(1, size-len(picture)))...)
		sum, _, err := ws.PutBlob(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}
