package app

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// schemes are the links that may leave the window.
var schemes = []string{"https", "http", "mailto"}

// A LinkView shows where a link leads before it is opened, as the browser will
// read it and not as its text would have it read.
type LinkView struct {
	Host     string   `json:"host"`     // whom it leads to; of a mail link, the address
	Address  string   `json:"address"`  // as it was given
	URL      string   `json:"url"`      // the same, with what cannot be seen written out
	Opens    bool     `json:"opens"`    // whether it is a link that leaves the window at all
	Warnings []string `json:"warnings"` // what is odd about it, each a sentence
}

// linkOf reads a link.
func linkOf(link string) *LinkView {
	v := &LinkView{Address: link, URL: visible(link), Warnings: []string{}}
	u, err := url.Parse(link)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		v.Host = "Not a web or mail address"
		v.Warnings = append(v.Warnings, "It is not opened from here. Copy its text if you want to open it yourself.")
		return v
	}
	if u.Scheme == "mailto" {
		v.Host, v.Opens = visible(u.Opaque), u.Opaque != ""
		return v
	}
	v.Host, v.Opens = visible(u.Host), u.Hostname() != ""
	if !v.Opens {
		v.Host = "No host"
		v.Warnings = append(v.Warnings, "It names no host, so there is nowhere to go.")
		return v
	}
	v.Warnings = append(v.Warnings, oddities(u)...)
	if visible(link) != link {
		v.Warnings = append(v.Warnings, "It holds characters that cannot be seen; they are written out here.")
	}
	return v
}

// oddities says what about a web address is often used to deceive.
func oddities(u *url.URL) []string {
	var out []string
	say := func(s string) { out = append(out, s) }
	host := u.Hostname()
	if u.User != nil {
		say("What stands before the @ is a user name and not where it leads: it leads to " + visible(host) + ".")
	}
	ascii, err := idna.Punycode.ToASCII(host)
	switch shown, _ := idna.Punycode.ToUnicode(host); {
	case err != nil:
		say("Its host is not spelled as hosts are.")
	case isASCII(host) && shown != host:
		say("Its host stands for letters beyond a to z: " + visible(shown) + ". They may look like others.")
	case !isASCII(host):
		say("Its host has letters beyond a to z, which may look like others; it is looked up as " + ascii + ".")
	}
	if net.ParseIP(host) != nil {
		say("It leads to a number, not to a name.")
	} else if !strings.Contains(host, ".") {
		say("Its host has no domain: it leads to a machine of the network that you are in.")
	}
	if port := u.Port(); port != "" && port != map[string]string{"https": "443", "http": "80"}[u.Scheme] {
		say("It goes to port " + port + ".")
	}
	if u.Scheme == "http" {
		say("It is not encrypted on its way.")
	}
	return out
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// visible writes out, as their code points, the characters that cannot be
// seen or that turn the direction of what follows.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if !unicode.IsPrint(r) || unicode.Is(unicode.Bidi_Control, r) {
			b.WriteString("‹" + strings.ToUpper(hex4(r)) + "›")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func hex4(r rune) string {
	const digits = "0123456789abcdef"
	out := []byte{'u', '+'}
	for shift := 12; shift >= 0; shift -= 4 {
		out = append(out, digits[r>>shift&0xf])
	}
	return string(out)
}

// shellMarks are the characters for which Wails refuses to open a link, in
// silence. Percent-encoded they mean the same to who reads the link.
var shellMarks = strings.NewReplacer(
	";", "%3B", "|", "%7C", "`", "%60", "$", "%24", `\`, "%5C", "<", "%3C", ">", "%3E", "*", "%2A",
	"{", "%7B", "}", "%7D", "[", "%5B", "]", "%5D", "(", "%28", ")", "%29", "~", "%7E", "!", "%21",
)

// outside is a link in the form in which the system opens it; an error where
// it cannot be.
func outside(link string) (string, error) {
	u, err := url.Parse(link)
	if err != nil || !slices.Contains(schemes, u.Scheme) {
		return "", notOpened("This link is not opened: it is no web or mail address.")
	}
	if strings.ContainsAny(u.Host, "[]") {
		return "", notOpened("This link is not opened from here: its host is an IPv6 number.")
	}
	if u.Host, err = idna.Punycode.ToASCII(u.Host); err != nil {
		return "", notOpened("This link is not opened: its host is not spelled as hosts are.")
	}
	if u.Scheme != "mailto" && u.Hostname() == "" {
		return "", notOpened("This link is not opened: it names no host.")
	}
	return encoded(shellMarks.Replace(u.String())), nil
}

// encoded is a link with every byte that is not plain written as a number.
func encoded(link string) string {
	const digits = "0123456789ABCDEF"
	var out strings.Builder
	for _, b := range []byte(link) {
		if b <= ' ' || b > '~' {
			out.Write([]byte{'%', digits[b>>4], digits[b&0xf]})
			continue
		}
		out.WriteByte(b)
	}
	return out.String()
}

func notOpened(why string) *Error {
	return &Error{Code: codeInvalid, Message: why, Hint: "Copy its text if you want to open it yourself."}
}
