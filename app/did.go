package app

import "strings"

// did says in words what a record did: "reading.add" is "Reading added". A
// kind that this version does not know keeps its own name.
func did(do string) string {
	noun, verb, _ := strings.Cut(do, ".")
	past, ok := pasts[verb]
	if !ok {
		return do
	}
	return capital(noun) + " " + past
}

var pasts = map[string]string{
	"accept":   "accepted",
	"add":      "added",
	"answer":   "answered",
	"ask":      "asked",
	"change":   "changed",
	"close":    "closed",
	"declare":  "declared",
	"decline":  "declined",
	"drop":     "dropped",
	"join":     "joined",
	"leave":    "left",
	"lift":     "lifted",
	"link":     "linked",
	"make":     "made",
	"object":   "objected to",
	"open":     "opened",
	"readback": "read back",
	"ready":    "ready",
	"recheck":  "checked again",
	"redact":   "redacted",
	"release":  "released",
	"send":     "sent",
	"set":      "set",
	"strike":   "struck",
	"take":     "taken",
	"tick":     "ticked",
	"verdict":  "judged",
	"withdraw": "withdrawn",
}
