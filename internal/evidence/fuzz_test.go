package evidence_test

import (
	"bytes"
	"image"
	"testing"

	"bearings/internal/evidence"
)

// seeds are small files of every format, whole, damaged and hostile.
func seeds(f *testing.F) {
	f.Helper()
	for _, v := range verdicts(f) {
		if b := read(f, v.File); len(b) < 4000 {
			f.Add(b)
		}
	}
	for _, b := range pictures(f) {
		f.Add(b)
	}
	for _, b := range bombs(f) {
		if len(b.file) < 20_000 {
			f.Add(b.file)
		}
	}
	for _, s := range []string{"", "a\n", "<svg/>", "<html>", `{"alerts":[]}`, "a,b\n1,2\n", "\xff\xfea\x00", "%PDF-1.4", "PK\x03\x04"} {
		f.Add([]byte(s))
	}
}

// FuzzLook: whatever the bytes are, the answer is whole: shown, or a reason
// why not, or a text.
func FuzzLook(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		within(t, "Look", func() {
			found := look(t, b, "a.png")
			if answered := found.Refusal != "" || found.Text(); found.Shown == answered {
				t.Errorf("%+v", found)
			}
			if found.Kind == "" || found.Format == "" || (found.Code == "") != (found.Refusal == "") {
				t.Errorf("%+v", found)
			}
			if found.Shown && (found.Width <= 0 || found.Height <= 0 || found.Width*found.Height > evidence.MaxPixels) {
				t.Errorf("%+v", found)
			}
		})
	})
}

// FuzzPicture: Picture shows what Look says it does, and what is made of it
// has its size.
func FuzzPicture(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		found := look(t, b, "a")
		m, err := evidence.Picture(reader(b))
		if found.Shown != (err == nil) {
			t.Fatalf("Look: %+v, Picture: %v", found, err)
		}
		if err != nil {
			return
		}
		if m.Bounds() != image.Rect(0, 0, found.Width, found.Height) {
			t.Errorf("%v, Look says %d × %d", m.Bounds(), found.Width, found.Height)
		}
		for name, encode := range map[string]func([]byte) ([]byte, string, error){
			"thumbnail": thumbnail,
			"rendering": func(b []byte) ([]byte, string, error) { return evidence.Rendering(reader(b)) },
		} {
			made, kind, err := encode(b)
			if err != nil || kind != evidence.TypePNG && kind != evidence.TypeJPEG {
				t.Fatalf("%s: %s, %v", name, kind, err)
			}
			again := look(t, made, "a")
			if !again.Shown || len(again.Metadata) > 0 || name == "rendering" && (again.Width != found.Width || again.Height != found.Height) {
				t.Errorf("%s: %+v of %+v", name, again, found)
			}
		}
	})
}

// FuzzStripped: what is stripped shows the same, and carries nothing but how
// it is turned.
func FuzzStripped(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		found := look(t, b, "a")
		stripped, err := evidence.Stripped(reader(b))
		if err != nil {
			return
		}
		if !found.Shown {
			t.Fatalf("stripped what is not shown: %+v", found)
		}
		again := look(t, stripped, "a")
		for _, word := range again.Metadata {
			if word != "EXIF" {
				t.Errorf("still carries %q", again.Metadata)
			}
		}
		twice, err := evidence.Stripped(reader(stripped))
		if err != nil || !bytes.Equal(twice, stripped) {
			t.Errorf("stripped again it is another file, %v", err)
		}
		samePixels(t, b, stripped)
	})
}
