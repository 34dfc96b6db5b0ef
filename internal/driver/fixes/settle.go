package fixes

import (
	"maps"
	"slices"
)

// A Check tries a plan: it type-checks packages with the plan's files in place
// of those on disk. It returns, by import path, what is wrong with each package
// that compiles without the plan but not with it.
type Check func(*Plan) (broken map[string]string, err error)

// Settle returns a plan, which has passed the check, that applies as many of
// the fixes as are compatible and leave every package compiling. If all fixes
// together break packages, the fixes of those packages are tried one after
// another, in order, and each that breaks something is skipped. Any error comes
// from the check.
func (m Maker) Settle(all []*Fix, check Check) (*Plan, error) {
	plan := m.Make(all)
	broken, err := check(plan)
	if err != nil || len(broken) == 0 {
		return plan, err
	}
	s := &settlement{Maker: m, all: all, check: check, left: make(map[*Fix]string)}
	if err := s.tryEach(s.suspects(broken)); err != nil {
		return nil, err
	}
	plan = m.Make(s.applied(nil))
	if broken, err = check(plan); err != nil {
		return nil, err
	}
	if len(broken) > 0 {
		// No single fix is at fault: apply none rather than guess.
		for _, f := range s.applied(nil) {
			s.left[f] = wouldBreak(anyOf(broken))
		}
		plan = new(Plan)
	}
	for _, f := range all {
		if reason, ok := s.left[f]; ok {
			plan.skip(f, reason)
		}
	}
	return plan, nil
}

type settlement struct {
	Maker
	all   []*Fix
	check Check
	left  map[*Fix]string // skipped fixes, and why
}

// suspects returns the fixes that may be at fault, grouped by package. If a
// package without fixes is broken, any fix may be at fault.
func (s *settlement) suspects(broken map[string]string) [][]*Fix {
	byPackage := make(map[string][]*Fix)
	for _, f := range s.all {
		if broken[f.Package] != "" {
			byPackage[f.Package] = append(byPackage[f.Package], f)
		}
	}
	if len(byPackage) < len(broken) {
		return [][]*Fix{s.all}
	}
	return slices.Collect(maps.Values(byPackage))
}

// tryEach tries the suspects of each group one by one, and different groups in
// parallel.
func (s *settlement) tryEach(groups [][]*Fix) error {
	untried := make(map[*Fix]bool)
	rounds := 0
	for _, group := range groups {
		rounds = max(rounds, len(group))
		for _, f := range group {
			untried[f] = true
		}
	}
	for round := range rounds {
		trial := make(map[string]*Fix) // by package
		for _, group := range groups {
			if round < len(group) {
				trial[group[round].Package] = group[round]
				delete(untried, group[round])
			}
		}
		broken, err := s.check(s.Make(s.applied(untried)))
		if err != nil {
			return err
		}
		for _, path := range slices.Sorted(maps.Keys(broken)) {
			for _, f := range trial {
				if f.Package == path || trial[path] == nil {
					s.left[f] = wouldBreak(broken[path])
				}
			}
		}
	}
	return nil
}

// applied returns the fixes that are not skipped, except the given ones.
func (s *settlement) applied(without map[*Fix]bool) []*Fix {
	var list []*Fix
	for _, f := range s.all {
		if _, left := s.left[f]; !left && !without[f] {
			list = append(list, f)
		}
	}
	return list
}

func wouldBreak(message string) string { return "the code would not compile with it: " + message }

// anyOf returns one of the messages, always the same one.
func anyOf(broken map[string]string) string {
	first := ""
	for _, message := range broken {
		if first == "" || message < first {
			first = message
		}
	}
	return first
}
