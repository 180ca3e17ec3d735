package brief

import (
	"bytes"

	"bearings/internal/incident"
)

// A plan is a brief before it is fitted to its words.
type plan struct {
	total    int
	columns  []*column
	takers   []string // sections to which unused words go, first one first
	appendix []*column
}

// A column is a section before it is fitted: how many sentences it could hold,
// most important first, and how to write each. Only those that may fit are
// ever written.
type column struct {
	id, title string
	budget    int
	count     int
	write     func(i int, r room, d *draft)
	empty     string // fixed words for a section that has nothing to hold
	most      int    // sentences at most; 0 for no limit
	yields    bool   // every sentence may be cut to fit, not only the first
	quiet     bool   // what does not fit is not announced

	sentences []Sentence
	words     int
	cut       bool // its first sentence was cut to fit
}

// A room says how much a sentence may tell.
type room struct {
	level int // 0 bare, 1 with the reasons, 2 with all that is known
	text  int // words of the text that the sentence is about
	aside int // words of any other text: a reason, a result, a last word; 0 for none
}

var rooms = map[Length]room{
	OneMinute:   {level: 0, text: 10, aside: 6},
	FiveMinutes: {level: 1, text: 20, aside: 12},
	Full:        {level: 2, text: 36, aside: 20},
}

// fill fits the plan to its words and returns the sections.
func (p *plan) fill(length Length) []Section {
	natural := rooms[length]
	spare := p.total
	for _, c := range p.columns {
		c.fill(c.budget, natural)
		spare -= c.words
	}
	for _, id := range p.takers {
		c := p.column(id)
		spare += c.words
		c.fill(spare, natural)
		spare -= c.words
	}
	p.settle()
	sections := make([]Section, 0, len(p.columns)+len(p.appendix))
	for _, c := range p.columns {
		sections = append(sections, c.section())
	}
	for _, c := range p.appendix {
		c.fillAll(natural)
		sections = append(sections, c.section())
	}
	return sections
}

func (p *plan) column(id string) *column {
	for _, c := range p.columns {
		if c.id == id {
			return c
		}
	}
	return &column{}
}

// settle moves the words that were taken from the budgets of those that did
// not use them, from the last section up, so that the budgets still add up.
func (p *plan) settle() {
	owed := -p.total
	for _, c := range p.columns {
		c.budget = max(c.budget, c.words)
		owed += c.budget
	}
	for i := len(p.columns) - 1; i >= 0 && owed > 0; i-- {
		c := p.columns[i]
		gives := min(owed, c.budget-c.words)
		c.budget -= gives
		owed -= gives
	}
}

// fill writes sentences until the next one does not fit into limit words. What
// was written for a smaller limit stays, unless it had to be cut.
func (c *column) fill(limit int, natural room) {
	if c.cut {
		c.sentences, c.words, c.cut = nil, 0, false
	}
	if c.count == 0 && c.empty != "" && len(c.sentences) == 0 {
		c.add(Sentence{Text: c.empty, Words: Words(c.empty), Sources: []Source{}}, limit)
		return
	}
	for i := len(c.sentences); i < c.count && (c.most == 0 || i < c.most); i++ {
		if c.add(c.sentence(i, natural), limit) {
			continue
		}
		if i > 0 && !c.yields || !c.add(c.shrunk(i, natural, limit-c.words), limit) {
			return
		}
		c.cut = true
	}
}

func (c *column) add(s Sentence, limit int) bool {
	if s.Words == 0 || c.words+s.Words > limit {
		return false
	}
	c.sentences = append(c.sentences, s)
	c.words += s.Words
	return true
}

func (c *column) sentence(i int, r room) Sentence {
	var d draft
	c.write(i, r, &d)
	return d.sentence()
}

// shrunk writes a sentence in at most limit words: with less and less beside
// what it is about, then with that cut short. It returns a sentence without
// words where nothing would be left to read.
func (c *column) shrunk(i int, r room, limit int) Sentence {
	for {
		s := c.sentence(i, r)
		over := s.Words - limit
		switch {
		case over <= 0:
			return s
		case r.level > 0:
			r.level--
		case r.aside > 0:
			r.aside = max(0, r.aside-max(1, over/2))
		case r.text > 1:
			r.text = max(1, r.text-max(1, over/2))
		default:
			return Sentence{}
		}
	}
}

// fillAll writes an appendix, which counts no words.
func (c *column) fillAll(natural room) {
	for i := 0; i < c.count && (c.most == 0 || i < c.most); i++ {
		s := c.sentence(i, natural)
		s.Words = 0
		c.sentences = append(c.sentences, s)
	}
}

func (c *column) section() Section {
	s := Section{ID: c.id, Title: c.title, Budget: c.budget, Words: c.words, Sentences: c.sentences}
	if s.Sentences == nil {
		s.Sentences = []Sentence{}
	}
	if c.count > 0 && !c.quiet {
		s.More = c.count - len(s.Sentences)
	}
	return s
}

// A draft is a sentence being written.
type draft struct {
	text    []byte
	bucket  incident.Bucket
	sources []Source
	shows   []incident.Ref
	looks   looks
}

// looks are what a page makes of a sentence. They say nothing that its words
// don't.
type looks struct {
	typed    []span              // texts that somebody typed, in order
	title    int                 // bytes of the incident's title with which it begins
	state    incident.ClaimState // of the claim that it is about, else empty
	pressing bool                // it wants an eye before the others do
	answer   bool                // it asks the reader for an answer
}

// A span is a part of a text, in bytes.
type span struct{ from, to int }

// say writes words of ours.
func (d *draft) say(words ...string) {
	for _, s := range words {
		d.text = append(d.text, s...)
	}
}

// stop ends what was said so far. A text that was cut ends itself.
func (d *draft) stop() {
	if !bytes.HasSuffix(d.text, []byte(ellipsis)) {
		d.text = append(d.text, '.')
	}
}

// tell writes a text that somebody typed, which belongs to the thing at ref,
// in at most limit words. Its last full stop goes, as the sentence goes on.
func (d *draft) tell(ref incident.Ref, text string, limit int) {
	text = inline(text, limit)
	from := len(d.text)
	d.say(text)
	d.looks.typed = append(d.looks.typed, span{from, len(d.text)})
	if text != ellipsis {
		d.shows = append(d.shows, ref)
	}
}

// begin puts a capital at the start of what was said.
func (d *draft) begin() {
	before := len(d.text)
	d.text = []byte(capital(string(d.text)))
	grown := len(d.text) - before
	for i := range d.looks.typed {
		s := &d.looks.typed[i]
		s.to += grown
		if s.from > 0 {
			s.from += grown
		}
	}
}

// add writes a text that somebody typed after the words that lead to it, or
// nothing where there is none or no room for it.
func (d *draft) add(lead string, ref incident.Ref, text string, limit int) bool {
	if text == "" || limit == 0 {
		return false
	}
	d.say(lead)
	d.tell(ref, text, limit)
	return true
}

// mostSources is how many sources a sentence names: nobody opens more.
const mostSources = 16

// cite names things that the sentence was drawn from, what it is about first.
func (d *draft) cite(refs ...incident.Ref) {
	for _, r := range refs {
		if r.ID != "" && len(d.sources) < mostSources && !d.cites(r.ID) {
			d.sources = append(d.sources, Source{ID: r.ID, Label: r.Label, Kind: r.Kind})
		}
	}
}

func (d *draft) cites(id string) bool {
	for _, s := range d.sources {
		if s.ID == id {
			return true
		}
	}
	return false
}

func (d *draft) sentence() Sentence {
	text := string(d.text)
	sources := d.sources
	if sources == nil {
		sources = []Source{}
	}
	return Sentence{Text: text, Words: Words(text), Bucket: d.bucket, Sources: sources, shows: d.shows, looks: d.looks}
}
