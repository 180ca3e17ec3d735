package incident

// duties are what is expected of a role, as it is said to who takes it.
var duties = map[string]string{
	roleLead:     "keep the whole in view, hand out the work, decide or say who decides, and say when the next round is",
	roleDeputy:   "watch what the lead cannot: who is silent, what is due, who is tired; lead while the lead is away",
	roleScribe:   "write down what is said, seen and decided, with times, and ask where it was not clear",
	roleComms:    "tell people outside what is known when it was promised, and nothing that is only assumed",
	roleExpert:   "say what you know, how you know it and how sure you are; the lead decides",
	roleObserver: "listen, ask the scribe rather than the call, and take no work",
}

// Duties says in a sentence, without its first capital and its full stop, what
// is expected of whoever takes a role; empty for a role that a team made for
// itself.
func Duties(role string) string { return duties[role] }
