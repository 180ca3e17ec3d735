// Command threeyears fills a new shared folder with the records that ten
// machines wrote in three years: threeyears FOLDER RECORDS.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/historytest"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("threeyears FOLDER RECORDS"))
	}
	records, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err)
	}
	if err := os.MkdirAll(os.Args[1], 0o755); err != nil {
		fail(err)
	}
	if err := historytest.Fill(os.Args[1], records, time.Now(), folder.Live); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
