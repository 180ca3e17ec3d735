package incident

// origins are what the items on one side of a claim were seen to come from
// (files, named origins, and the originals of copies), with the first evidence
// of each.
type origins map[string]*evidence

// echo returns the evidence of one origin with this one that was seen first,
// nil where there is none: of the same file, of the same named origin, or a
// copy of the same thing. It adds this one's origins to what was seen.
func (o *origins) echo(v *evidence, order int) *evidence {
	keys := v.sourcesAt(order)
	var first *evidence
	for _, key := range keys {
		if seen := (*o)[key]; seen != nil {
			first = seen
			break
		}
	}
	for _, key := range keys {
		if (*o)[key] != nil {
			continue
		}
		if *o == nil {
			*o = origins{}
		}
		(*o)[key] = v
		if first != nil {
			(*o)[key] = first
		}
	}
	return first
}

// sourcesAt are what the evidence comes from, as known at an order. A copy
// comes from all that its original does.
func (v *evidence) sourcesAt(order int) []string {
	var keys []string
	seen := map[*evidence]bool{}
	for at := v; at != nil && !seen[at]; at = at.source {
		if at.source != nil {
			seen[at] = true // only copies can go round
		}
		if !at.thereAt(order) {
			break
		}
		if at.SHA256 != "" {
			keys = append(keys, "file "+at.SHA256)
		}
		if origin := at.stanceAt(order).origin; origin != "" {
			keys = append(keys, "origin "+origin)
		}
		if len(at.copies) > 0 {
			keys = append(keys, "itself "+at.id)
		}
		if at.source != nil {
			keys = append(keys, "itself "+at.CopyOf.ID)
		}
	}
	return keys
}
