// Command filled writes an incident file to standard output that has a text in
// every field of every kind of record: those of the list in the file that it is
// given, as JSON, a few in each field, until all have been there.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strings"

	"bearings/internal/incident/incidenttest"
	"bearings/internal/record"
)

func main() {
	var texts []string
	list, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(list, &texts); err != nil {
		log.Fatal(err)
	}
	fields := 0
	incidenttest.Filled("filled", func(string, string) string { fields++; return "x" })
	each := len(texts)/fields + 1
	next := 0
	records := incidenttest.Filled("filled", func(string, string) string {
		some := make([]string, each)
		for n := range some {
			some[n] = texts[next%len(texts)]
			next++
		}
		return strings.Join(some, " ")
	})
	if err := record.WriteFile(os.Stdout, records); err != nil {
		log.Fatal(err)
	}
}
