package failures

import "github.com/ctxlint/ctxlint/internal/pass/arrivals"

// An Index has, by function, what is done after all calls of it that are in view.
type Index map[string][]Failure

// Add adds what a package does.
func (x Index) Add(list []Failure) {
	for _, f := range list {
		x[f.Of] = append(x[f.Of], f)
	}
}

// Exits reports whether the process ends whenever a function is left on a way, as far as its
// callers are in view, and some are.
func (x Index) Exits(way Way) bool {
	seen := map[Way]bool{way: true}
	exits := false
	for todo := []Way{way}; len(todo) > 0; todo = todo[1:] {
		given := 0
		for _, key := range arrivals.Keys(todo[0].Of) {
			for _, f := range x[key] {
				given++
				switch next := f.after(todo[0]); {
				case next.Of == "":
					return false
				case next.Of == Exit:
					exits = true
				case !seen[next]:
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
		if given == 0 {
			return false // somebody out of view calls it
		}
	}
	return exits
}

// after returns on which way the caller is left after a way out of what it calls.
func (f Failure) after(way Way) Way {
	if way.Failing && f.To != "" {
		return Way{f.To, true}
	}
	return Way{f.Done, false}
}
