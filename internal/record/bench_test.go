package record_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"bearings/internal/record"
)

// benchLine is a record of a common kind and size.
var benchLine = []byte(`{"at":"2017-01-31T23:27:00Z","recorded":"2017-01-31T23:29:12.345Z","by":"Ana","do":"claim.make","id":"0190c1f2-7a3e-7cc1-9d55-0a1b2c3d4e5f","label":"C4","text":"The primary lost its disk before replication caught up","thread":"t1","rests_on":["e2","e14"]}`)

func BenchmarkDecodeLine(b *testing.B) {
	b.Run("record", func(b *testing.B) {
		b.SetBytes(int64(len(benchLine)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := record.DecodeLine(benchLine); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		b.SetBytes(int64(len(benchLine)))
		b.ReportAllocs()
		for b.Loop() {
			var m map[string]any
			if err := json.Unmarshal(benchLine, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
}

type benchClaim struct {
	Text    string   `field:"text,required"`
	Thread  string   `field:"thread"`
	RestsOn []string `field:"rests_on"`
	WrongIf string   `field:"wrong_if"`
	Test    string   `field:"test"`
}

func BenchmarkBind(b *testing.B) {
	r, err := record.DecodeLine(benchLine)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var c benchClaim
		if err := record.Bind(r.Fields, &c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecodeBatchRecords loads batches of one record, as people make
// them, and of many, as imports make them; the time given is that of one
// record. json is what json.Unmarshal takes for the bytes of one record.
func BenchmarkDecodeBatchRecords(b *testing.B) {
	for _, size := range []int{1, 10, 1000} {
		b.Run(fmt.Sprintf("records=%d", size), func(b *testing.B) {
			line := sealN(b, size).Line
			b.SetBytes(int64(len(line) / size))
			b.ReportAllocs()
			var dst []*record.Record
			for n := 0; n < b.N; n += size {
				var err error
				if dst, _, err = record.DecodeBatchRecords(line, dst[:0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("json", func(b *testing.B) {
		b.SetBytes(int64(len(benchLine)))
		b.ReportAllocs()
		for b.Loop() {
			var m map[string]any
			if err := json.Unmarshal(benchLine, &m); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkSeal seals batches of many records; the time given is that of one
// record.
func BenchmarkSeal(b *testing.B) {
	const size = 1000
	records := sealN(b, size).Records
	b.ReportAllocs()
	for n := 0; n < b.N; n += size {
		if _, err := record.Seal(header(), records, zeros{}, deviceKey); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadFile reads a file of 10,000 records with ids; json decodes the
// same lines.
func BenchmarkReadFile(b *testing.B) {
	const records = 10_000
	var data []byte
	for i := range records {
		data = append(data, bytes.Replace(benchLine, []byte("0190c1f2"), fmt.Appendf(nil, "%08d", i), 1)...)
		data = append(data, '\n')
	}
	b.Run("record", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			f, err := record.ReadFile(bytes.NewReader(data), "untitled")
			if err != nil || len(f.Records) != records+1 {
				b.Fatal(err, len(f.Records))
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			for line := range bytes.Lines(data) {
				var m map[string]any
				if err := json.Unmarshal(line, &m); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkAppendJSON(b *testing.B) {
	r, err := record.DecodeLine(benchLine)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var dst []byte
	for b.Loop() {
		dst = r.AppendJSON(dst[:0])
	}
}
