// Package proof shows that sharing holds where nothing is simulated: with
// processes that are killed, with Syncthing, and with git. It has tests only.
// Each has a short form, which every run of the tests includes, and a long
// one, which BEARINGS_SOAK asks for (see build/soak).
package proof
