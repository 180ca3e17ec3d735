// Package workspace is the one place that writes: a folder on this machine
// with the SQLite database of every incident that it knows, and the files of
// their evidence.
//
//	bearings.db     every batch of records, byte for byte as it was signed
//	blobs/ab/…      evidence files, named by their SHA-256
//	device.key      the Ed25519 key that signs what this machine writes
//	sealing.key     what opens the keys of a sealed workspace, or that the keyring has it
//	bearings.log    what went wrong and when; never what records say
//	window.lock     held by the window that is open on the workspace, and made by it
//	window.sock     where that window hears that it is wanted in front, and made by it
//
// What the package promises:
//
//   - A call that returned without error is on the disk (synchronous=FULL), all
//     of it; a call that failed, or never returned, left nothing half-written.
//   - Batches are never changed. Summaries and the search index are derived
//     from them, may lag, are caught up before they are read, and can be
//     thrown away.
//   - Several processes may have one workspace open, and write. Each is a run
//     of its own; each sees what the others committed at its next write, at
//     Refresh, and within a second while it Watches.
//   - A workspace made by a newer program, damaged, not ours, on a read-only
//     place or inside a folder that a sync engine owns is refused with an
//     [Error] that says so, and is left as it was.
//
// A Workspace may be used by several goroutines. An incident that it hands out
// may not be read while another goroutine writes: use [Workspace.View] there.
package workspace
