// Command smallpng writes PNG files again with a palette of 256 colours, which
// is enough for a picture of a window and takes half the room in the
// repository.
package main

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/png"
	"log"
	"maps"
	"os"
	"slices"
)

const most = 256 // colours of a PNG with a palette

func main() {
	for _, path := range os.Args[1:] {
		if err := shrink(path); err != nil {
			log.Fatalf("shrink %s: %v", path, err)
		}
	}
}

func shrink(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	picture, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, reduce(picture)); err != nil {
		return err
	}
	if out.Len() >= len(content) {
		return nil
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

// reduce keeps the colours that most of the picture has; each of the others,
// the edges of letters, becomes the nearest of them.
func reduce(picture image.Image) *image.Paletted {
	box := picture.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA) }
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	palette := paletteOf(count)
	nearest := map[color.RGBA]uint8{}
	out := image.NewPaletted(box, palette)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			c := at(x, y)
			n, ok := nearest[c]
			if !ok {
				n = uint8(palette.Index(c))
				nearest[c] = n
			}
			out.SetColorIndex(x, y, n)
		}
	}
	return out
}

// paletteOf picks the most frequent colours, none twice that differ by less
// than an eye tells apart.
func paletteOf(count map[color.RGBA]int) color.Palette {
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(value(a), value(b)))
	})
	const alike = 8
	taken := map[color.RGBA]bool{}
	var palette color.Palette
	for _, c := range colours {
		near := color.RGBA{c.R / alike, c.G / alike, c.B / alike, 0xff}
		if taken[near] && len(palette) >= most/8 {
			continue
		}
		taken[near] = true
		if palette = append(palette, c); len(palette) == most {
			break
		}
	}
	return palette
}

func value(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
