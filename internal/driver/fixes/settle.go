package fixes

import (
	"maps"
	"slices"
)

// A Check tries a plan: it type-checks packages with the plan's files in place of
// those on disk. It returns, by import path, what is wrong with each package that
// compiles without the plan and does not with it.
type Check func(*Plan) (broken map[string]string, err error)

// Settle returns the plan that applies as many of the fixes as go together and
// leave every package compiling. When all of them do not, those of the packages
// at fault are tried one after the other, in their order, and each that breaks
// something is skipped. The plan has passed the check. An error is the check's.
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
		// What is at fault is not one fix: apply none, rather than guess.
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
	left  map[*Fix]string // skipped, and why
}

// suspects returns the fixes that may be at fault, those of each package by
// themselves. If a package is broken that has no fixes itself, any fix may be.
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

// tryEach tries the suspects of each group one by one, those of different groups
// at the same time.
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

// applied returns the fixes that are not skipped, without those given.
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

// anyOf returns one of the messages, always the same.
func anyOf(broken map[string]string) string {
	first := ""
	for _, message := range broken {
		if first == "" || message < first {
			first = message
		}
	}
	return first
}
