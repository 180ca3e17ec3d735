// Package bench measures how fast the program is, as ratios to limits of the
// same machine, measured in the same run: to what SQLite, the disk or a JSON
// decoder would take for the same data. Ratios travel between machines;
// milliseconds don't. Nothing here passes or fails.
package bench
