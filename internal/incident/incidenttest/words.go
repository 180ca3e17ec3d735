package incidenttest

import "strings"

// names are the people, the lead first; more of them join as time goes by.
var names = []string{
	"Jonas Weber", "Aiko Tanaka", "Priya Nair", "Sam Okafor", "Mara Lindqvist", "Tomás Rey", "Lea Roth", "Ivo Petrov",
	"Nadia Haddad", "Chen Wei", "Ruth Adler", "Olu Bello", "Signe Holm", "Paul Meier", "Zoë Carter", "Emeka Obi",
	"Ines Costa", "Karl Brandt", "Yuki Sato", "Dana Levi",
}

var nouns = []string{
	"the gateway", "zone 1a", "zone 1b", "the card vault", "checkout", "the ledger", "the queue", "redis", "the load balancer",
	"the canary", "the 4.18 rollout", "the certificate", "DNS", "the retry storm", "the cron job", "the fraud service",
	"the primary database", "the replica", "the feature flag", "the cache",
}

var verbs = []string{
	"times out against", "saturates", "recovers without", "retries into", "depends on", "was restarted before", "shows no errors on",
	"drops connections to", "is slower than", "looks healthy next to", "was rolled back after", "fails over to",
}

var ends = []string{
	"since 02:14", "in every region", "for new sessions only", "at the 99th percentile", "after the deploy", "under load",
	"for a third of requests", "once the pool is full", "on the older nodes", "while traffic is low", "as the graph shows",
	"according to the vendor",
}

// sentence makes something that one could say in an incident.
func (g *generator) sentence() string {
	s := pick(g, nouns) + " " + pick(g, verbs) + " " + pick(g, nouns) + " " + pick(g, ends)
	return strings.ToUpper(s[:1]) + s[1:]
}
