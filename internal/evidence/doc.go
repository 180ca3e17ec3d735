// Package evidence knows what a file is and how to show it without trusting
// it: screenshots, photos, logs and whatever else somebody drops in the middle
// of an incident.
//
// A file comes from anywhere and may have been made to harm. So:
//
//   - What a file is follows from its content ([Look]), never from its name.
//   - The bytes of an original never reach a screen. A picture is decoded,
//     and encoded again without metadata ([Thumbnail], [Rendering]); a text is
//     read as lines ([Lines], [Find]); SVG and HTML are texts, nothing draws
//     them.
//   - A header is read before anything is decoded, and what it claims is held
//     against the limits of limits.go. A decoder that panics is an error.
//   - A file that cannot be shown is still good evidence. [Look] says in words
//     why it cannot be shown, and it is kept whole.
//
// Nothing here changes an original. [Crop], [Redact], [Mark] and [Stripped]
// return new files, which carry no metadata of the old one.
//
// Functions take an io.ReaderAt and a size, so that an open blob serves, and
// may be called from several goroutines: at most one large picture is in
// memory at a time.
package evidence
