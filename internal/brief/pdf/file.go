package pdf

import (
	"io"

	"github.com/carlos7ags/folio/core"
	"github.com/carlos7ags/folio/document"

	"bearings/internal/brief"
)

// writeFile writes the sheets as a PDF with the name, the language and the
// moment of the page, and a bookmark for each section.
func writeFile(out io.Writer, p *brief.Page, paper Paper, sheets []*sheet, f *fonts) error {
	w := document.NewWriter("1.7")
	catalog, pages := core.NewPdfDictionary(), core.NewPdfDictionary()
	root := w.AddObject(catalog)
	tree := w.AddObject(pages)

	resources := core.NewPdfDictionary()
	named := core.NewPdfDictionary()
	for _, t := range f.all {
		if len(t.means) > 0 {
			named.Set(t.name, w.AddObject(t.font.BuildObjects(w.AddObject)))
		}
	}
	resources.Set("Font", named)
	shared := w.AddObject(resources)

	kids := core.NewPdfArray()
	var refs []*core.PdfIndirectReference
	for _, s := range sheets {
		page := core.NewPdfDictionary()
		page.Set("Type", core.NewPdfName("Page"))
		page.Set("Parent", tree)
		page.Set("MediaBox", core.NewPdfArray(core.NewPdfInteger(0), core.NewPdfInteger(0), core.NewPdfReal(paper.Width), core.NewPdfReal(paper.Height)))
		page.Set("Resources", shared)
		page.Set("Contents", w.AddObject(core.NewPdfStreamCompressed(s.stream.Bytes())))
		ref := w.AddObject(page)
		kids.Add(ref)
		refs = append(refs, ref)
	}
	pages.Set("Type", core.NewPdfName("Pages"))
	pages.Set("Kids", kids)
	pages.Set("Count", core.NewPdfInteger(len(sheets)))

	catalog.Set("Type", core.NewPdfName("Catalog"))
	catalog.Set("Pages", tree)
	catalog.Set("Lang", core.NewPdfTextString("en"))
	view := core.NewPdfDictionary()
	view.Set("DisplayDocTitle", core.NewPdfBoolean(true))
	catalog.Set("ViewerPreferences", view)
	if outline := bookmarks(w, sheets, refs); outline != nil {
		catalog.Set("Outlines", outline)
	}
	w.SetRoot(root)

	info := core.NewPdfDictionary()
	info.Set("Title", core.NewPdfTextString(p.Name))
	info.Set("Creator", core.NewPdfTextString("Bearings"))
	moment := p.AsOf.UTC().Format("D:20060102150405") + "+00'00'"
	info.Set("CreationDate", core.NewPdfLiteralString(moment))
	w.SetInfo(w.AddObject(info))

	_, err := w.WriteToWithOptions(out, document.WriteOptions{Deterministic: true, CompressionLevel: 1})
	return err
}

// bookmarks makes one for each section.
func bookmarks(w *document.Writer, sheets []*sheet, pages []*core.PdfIndirectReference) *core.PdfIndirectReference {
	outline := core.NewPdfDictionary()
	ref := w.AddObject(outline)
	var items []*core.PdfDictionary
	var refs []*core.PdfIndirectReference
	for i, s := range sheets {
		for _, m := range s.marks {
			item := core.NewPdfDictionary()
			item.Set("Title", core.NewPdfTextString(m.title))
			item.Set("Parent", ref)
			item.Set("Dest", core.NewPdfArray(pages[i], core.NewPdfName("XYZ"), core.NewPdfNull(), core.NewPdfReal(m.top), core.NewPdfNull()))
			items = append(items, item)
			refs = append(refs, w.AddObject(item))
		}
	}
	if len(items) == 0 {
		return nil
	}
	for i, item := range items {
		if i > 0 {
			item.Set("Prev", refs[i-1])
		}
		if i < len(items)-1 {
			item.Set("Next", refs[i+1])
		}
	}
	outline.Set("Type", core.NewPdfName("Outlines"))
	outline.Set("First", refs[0])
	outline.Set("Last", refs[len(refs)-1])
	outline.Set("Count", core.NewPdfInteger(len(items)))
	return ref
}
