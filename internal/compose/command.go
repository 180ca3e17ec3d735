package compose

import (
	"slices"
	"strings"
)

// A Command is one of the words that may follow a slash.
type Command struct {
	Name  string   // as it is completed: "action"
	Also  []string // short and other names: "a"
	Usage string   // "/a @who 10m what to do, on C4"
	Does  string   // "Add an action"

	read func(w *Writer, l *line) (*Draft, *Problem)
}

// Commands are all the commands, in the order in which they are offered. It
// is filled when the program starts, since reading a line may name them.
func Commands() []Command { return table }

var table []Command

func init() {
	table = []Command{
		{"note", []string{"n", "log"}, "/n @who what was said", "Write a note, for somebody if you name them", (*Writer).note},
		{"thread", []string{"t"}, "/t mitigate Title @owner 15m", "Open a thread", (*Writer).openThread},
		{"claim", []string{"c"}, "/c what we believe, on C4 E2, wrong: if … test: …", "Make a claim", (*Writer).makeClaim},
		{"action", []string{"a"}, "/a @who 10m what to do, on D3, tests C4 (/a! if it is hard to reverse)", "Add an action", (*Writer).addAction},
		{"decision", []string{"d"}, "/d what is decided, on C4 by 03:50 why: … mode: … consulted: @who alternatives: one; another revisit: if … door: hard (/d! on my word, /d? proposed)", "Make a decision", (*Writer).decide},
		{"evidence", []string{"e"}, "/e graph what it shows, for C4 (or against, neutral) said: who grade: direct origin: where seen 03:20", "Add evidence", (*Writer).addEvidence},
		{"question", []string{"q"}, "/q what we want to know", "Ask a question", (*Writer).ask},
		{"answer", nil, "/answer Q3 the answer", "Answer a question", (*Writer).answer},
		{"verify", []string{"v"}, "/verify C4 by E5 why", "Say that a claim is true", verdict("verify")},
		{"refute", []string{"r"}, "/refute C4 by E5 why", "Say that a claim is wrong", verdict("refute")},
		{"unsure", nil, "/unsure C4 why", "Take back your verdict on a claim", verdict("not_sure")},
		{"rule", nil, "/rule C4 holds why, or wrong why", "Rule on a claim, as the lead: older words count no more", (*Writer).rule},
		{"still", nil, "/still C4", "Say that a claim is still true", recheck(true)},
		{"doubt", nil, "/doubt C4", "Put a claim back to an assumption", recheck(false)},
		{"withdraw", nil, "/withdraw C4 why", "Withdraw a claim as moot", (*Writer).withdraw},
		{"link", nil, "/link E5 for C4 (or against C4, or neutral C4)", "Say what an evidence tells about a claim", (*Writer).link},
		{"file", nil, "/file E5 on T2, /file E5 where it belongs nowhere, or /file E5 inbox", "Say where an evidence belongs", (*Writer).file},
		{"describe", nil, "/describe E5 graph what it shows grade: direct origin: Grafana seen 03:20 (origin: - clears it)", "Say what an evidence is", (*Writer).describe},
		{"strike", nil, "/strike E5 why", "Take an evidence or a note out of count", (*Writer).strike},
		{"basis", nil, basisUsage, "Say what something rests on, or no longer does", (*Writer).basis},
		{"keep", nil, "/keep A3 why it holds all the same, or on C2 E5", "Keep what lost its footing", (*Writer).keep},
		{"ask", nil, "/ask A3 does it still hold (@who, if not its owner)", "Ask the owner of a thing", (*Writer).askOwner},
		{"start", nil, "/start A3 (although C4 is disputed, if it is hard to reverse)", "Start an action", (*Writer).start},
		{"done", nil, "/done A3 result, or /done T2 why", "Finish an action or a thread", (*Writer).done},
		{"fail", nil, "/fail A3 what happened", "An action failed", actionState("failed")},
		{"block", nil, "/block A3 why", "An action cannot go on", actionState("blocked")},
		{"drop", nil, "/drop A3 why", "Drop an action", actionState("dropped")},
		{"dead", nil, "/dead T2 why", "A thread led nowhere", threadState("dead_end")},
		{"park", nil, "/park T2 why", "Park a thread", threadState("parked")},
		{"resume", nil, "/resume T2", "Go on with a thread", threadState("active")},
		{"wait", nil, "/wait T2 on whom", "A thread waits on somebody", (*Writer).wait},
		{"owner", []string{"o"}, "/owner T2 @who (nobody: -)", "Give a thread or an action to somebody", (*Writer).own},
		{"take", nil, "/take T2", "Take a thread or an action yourself", (*Writer).takeIt},
		{"due", nil, "/due T2 15m, or /due T2 by 03:50", "Say when the next word is due", (*Writer).due},
		{"rename", nil, "/rename T2 new title", "Rename a thread, reword a claim or a decision", (*Writer).rename},
		{"kind", nil, "/kind T2 mitigate", "Say what kind of work a thread is", (*Writer).kind},
		{"test", nil, "/test C4 what would settle it", "Name the cheapest test of a claim", claimField("test", "Test")},
		{"wrong", nil, "/wrong C4 what would change our mind", "Say what would prove a claim wrong", claimField("wrong_if", "Wrong if")},
		{"why", nil, "/why D3 the reason", "Give a decision its why", (*Writer).why},
		{"object", nil, "/object D4 why", "Object strongly to a decision", (*Writer).object},
		{"reverse", []string{"stop"}, "/reverse D3 why", "Reverse a decision, stop an action or take it back", (*Writer).reverse},
		{"force", nil, "/force D4 why", "Put a proposed decision in force", (*Writer).force},
		{"revisit", nil, "/revisit D3 why", "A decision is to be looked at again", decisionState("revisit")},
		{"supersede", nil, "/supersede D3 by D5 why", "Another decision takes the place of one", (*Writer).supersede},
		{"sev", []string{"severity"}, "/sev 1 why", "Change the severity", (*Writer).severity},
		{"status", nil, "/status mitigating why", "Change the status", oneOf("status", "investigating", "mitigating", "monitoring", "resolved", "closed")},
		{"trend", nil, "/trend improving", "Change the trend", oneOf("trend", "improving", "steady", "worsening", "unknown")},
		{"impact", nil, "/impact what is broken, for whom (/impact! if it grew)", "Say what is affected", (*Writer).impact},
		{"spared", nil, "/spared who is not affected", "Say what is not affected", situation("not_affected")},
		{"aim", nil, "/aim the objective in a line", "Set the aim", situation("aim")},
		{"title", nil, "/title what the incident is called", "Rename the incident", situation("title")},
		{"exit", nil, "/exit what must hold before it is over", "Add an exit criterion", text("criterion.add", "Exit criterion")},
		{"dont", []string{"x"}, "/dont restart the ledger writers", "Say what not to do", text("dont.add", "Don't")},
		{"lift", nil, "/lift X1", "Lift a don't", (*Writer).lift},
		{"if", []string{"w"}, "/if it goes above 60% then: switch off by 04:00 @who", "Set a tripwire", (*Writer).tripwire},
		{"happened", nil, "/happened W1", "A tripwire's condition came true", tripwireAnswer(true)},
		{"passed", nil, "/passed W1", "A tripwire's condition did not come true", tripwireAnswer(false)},
		{"reading", nil, "/reading failing payments 38 %", "Note a number that measures the impact", (*Writer).reading},
		{"update", []string{"u"}, "/update Status page: the text, states C1 next: 03:55 (or corrects U2)", "Keep an update that was sent to people outside", (*Writer).update},
		{"checkin", []string{"round"}, "/checkin 3m, and /checkin close at its end", "Ask every owner: seeing, doing, need", (*Writer).checkin},
		{"heard", nil, "/heard @who seeing: … doing: … need: …, or /heard @who for no change", "What somebody said in the round", (*Writer).heard},
		{"join", nil, "/join Priya Nair: why she is here asked: Ana offer: network captures skills: dns, tls", "Somebody joins, or says more of themselves", (*Writer).join},
		{"ready", nil, "/ready", "Say that you have read in", (*Writer).ready},
		{"leave", nil, "/leave @who", "Somebody leaves", (*Writer).leave},
		{"lead", nil, "/lead @who why", "Somebody takes the lead", (*Writer).lead},
		{"handover", nil, "/handover @who (without a name: to yourself), or /handover off why", "Open a handover of the lead, or withdraw it", (*Writer).handover},
		{"decline", nil, "/decline why", "Decline a handover of the lead", (*Writer).decline},
		{"readback", nil, "/readback what you understand", "Read back what the outgoing lead told you", (*Writer).readback},
		{"accept", nil, "/accept (/accept! without a read-back)", "Accept the read-back: the lead moves", (*Writer).accept},
		{"role", nil, "/role scribe @who", "Somebody takes a role", (*Writer).role},
		{"release", nil, "/release scribe @who", "Somebody gives up a role", (*Writer).release},
	}
}

func find(name string) *Command {
	name = strings.TrimRight(name, "!?")
	for n, c := range table {
		if c.Name == name || slices.Contains(c.Also, name) {
			return &table[n]
		}
	}
	return nil
}
