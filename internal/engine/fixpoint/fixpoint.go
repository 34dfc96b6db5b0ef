// Package fixpoint answers recursive questions about functions, and the same
// whoever asks first.
//
// A summary of a function ("ignores its parameter", "runs in the life of the
// process", "gives a fresh context") depends on the summaries of the functions it
// calls, and those may call it back. A memo with a guess for the call that is still
// being answered is wrong: the callee's answer rests on the guess, and is kept when
// the guess has proved false. What is kept then depends on where the question began,
// and so on the order in which functions are declared.
//
// A [Solver] finds the strongly connected components of the questions as they are
// asked (Tarjan, 1972), takes every member of a component to have the least answer,
// and evaluates the members, all from the answers of the round before, until no
// answer changes (Kildall, 1973). Nothing is kept before that.
package fixpoint

import (
	"maps"
	"slices"
)

// A Problem says how one kind of question is answered.
type Problem[K comparable, V any] struct {
	// Bottom is the answer that is assumed of a question while nothing speaks
	// against it: what a recursive call adds to a summary, namely nothing.
	Bottom V

	// Step answers a question, and asks [Solver.Get] for the answers that this one
	// depends on. It may depend on nothing else that changes, so it must not keep
	// what it concluded from an answer while [Solver.Open] holds.
	//
	// For the answer to be the least one, and the same whoever asks first, Step is
	// to be monotone: if the answers that it gets move away from Bottom, so does
	// its own, or it stays.
	Step func(K) V

	// Join combines the answer of the round before with that of this one, so that
	// answers never go back towards Bottom. Nil takes the new one, which is enough
	// where Step is monotone.
	Join func(before, now V) V

	// Equal compares two answers.
	Equal func(a, b V) bool

	// Spent is the answer for all members of a component that is not stable when
	// each has been evaluated Budget times on average. It has to be one that holds
	// whatever is true, usually "unknown".
	Spent V

	// Budget is [DefaultBudget] where it is zero.
	Budget int
}

// DefaultBudget is more than any answer of this program can take: an answer with n
// levels is stable when its members have been evaluated n times in the direction of
// the calls, and the tallest have some ten levels.
const DefaultBudget = 64

// A Solver keeps the answers to one [Problem]. It is not for concurrent use.
type Solver[K comparable, V any] struct {
	problem Problem[K, V]
	entries map[K]*entry[K, V]
	open    []*entry[K, V] // of components that are not complete, in the order of the first question
	asking  *entry[K, V]   // whose Step runs, nil if none does
}

type entry[K comparable, V any] struct {
	key     K
	value   V
	done    bool // value is final
	index   int  // in Solver.open
	low     int  // the least index that is reached from here
	cyclic  bool // read while it was open
	readers map[*entry[K, V]]bool
}

// New returns a solver that has no answer yet.
func New[K comparable, V any](p Problem[K, V]) *Solver[K, V] {
	if p.Budget == 0 {
		p.Budget = DefaultBudget
	}
	return &Solver[K, V]{problem: p, entries: make(map[K]*entry[K, V])}
}

// NewBool returns a solver for questions that hold unless something speaks against
// it, if bottom is true, or only if something speaks for it, if bottom is false.
// spent is the answer where the budget is.
func NewBool[K comparable](bottom, spent bool, step func(K) bool) *Solver[K, bool] {
	return New(Problem[K, bool]{
		Bottom: bottom,
		Step:   step,
		Join: func(before, now bool) bool {
			if before != bottom {
				return before
			}
			return now
		},
		Equal: func(a, b bool) bool { return a == b },
		Spent: spent,
	})
}

// Get returns the answer for k. Called from a Step, it may return one that is yet to
// change; the Step is run again if it does.
func (s *Solver[K, V]) Get(k K) V {
	e := s.entries[k]
	if e == nil {
		e = s.discover(k)
	}
	if !e.done && s.asking != nil {
		s.asking.low = min(s.asking.low, e.low)
		e.cyclic = true
		if e.readers == nil {
			e.readers = make(map[*entry[K, V]]bool)
		}
		e.readers[s.asking] = true
	}
	return e.value
}

// Open reports whether an answer that Get gives now may still change, so that what
// follows from it must not be kept.
func (s *Solver[K, V]) Open() bool { return len(s.open) > 0 }

// discover answers k for the first time. The entry is complete afterwards unless
// k depends on a question that is being answered.
func (s *Solver[K, V]) discover(k K) *entry[K, V] {
	n := len(s.open)
	e := &entry[K, V]{key: k, value: s.problem.Bottom, index: n, low: n}
	s.entries[k] = e
	s.open = append(s.open, e)
	complete := false
	defer func() {
		if !complete { // Step panics: what was concluded meanwhile is void
			s.forget(n)
		}
	}()
	e.value = s.evaluate(e)
	if e.low == n && e.cyclic {
		s.stabilise(n)
	}
	if e.low == n {
		for _, member := range s.open[n:] {
			member.done, member.readers = true, nil
		}
		s.open = s.open[:n]
	}
	complete = true
	return e
}

// forget drops the questions that were opened since the n'th.
func (s *Solver[K, V]) forget(n int) {
	for _, e := range s.open[n:] {
		delete(s.entries, e.key)
	}
	s.open = s.open[:n]
}

// evaluate runs the Step of e.
func (s *Solver[K, V]) evaluate(e *entry[K, V]) V {
	outer := s.asking
	s.asking = e
	defer func() { s.asking = outer }()
	now := s.problem.Step(e.key)
	if s.problem.Join != nil {
		return s.problem.Join(e.value, now)
	}
	return now
}

// stabilise finds the answers of the component that consists of the open questions
// from the n'th on. It begins again when a question joins them, so that the
// answers depend on the members alone and not on the order in which they came. If
// an answer turns out to depend on a question before the n'th, they are all part of
// that one's component, and are left to it.
func (s *Solver[K, V]) stabilise(n int) {
	for {
		members := s.open[n:]
		stable := s.iterate(members)
		for _, e := range s.open[n:] {
			members[0].low = min(members[0].low, e.low)
		}
		switch {
		case members[0].low < n || stable:
			return
		case len(s.open) == n+len(members): // it has not grown
			for _, e := range members {
				e.value = s.problem.Spent
			}
			return
		}
	}
}

// iterate evaluates the members, from the least answers on, until they are stable
// (true), or another question joins them or the budget is spent (false).
func (s *Solver[K, V]) iterate(members []*entry[K, V]) (stable bool) {
	for _, e := range members {
		e.value = s.problem.Bottom
	}
	left, size := s.problem.Budget*len(members), len(s.open)
	next := make([]V, len(members))
	for todo := slices.Clone(members); len(todo) > 0; {
		if left -= len(todo); left < 0 {
			return false
		}
		for i, e := range todo {
			next[i] = s.evaluate(e)
		}
		if len(s.open) > size {
			return false
		}
		todo = s.adopt(todo, next)
	}
	return true
}

// adopt gives the evaluated members their new answers, and returns those that have
// read one which changed.
func (s *Solver[K, V]) adopt(evaluated []*entry[K, V], values []V) []*entry[K, V] {
	stale := make(map[*entry[K, V]]bool)
	for i, e := range evaluated {
		if !s.problem.Equal(e.value, values[i]) {
			e.value = values[i]
			maps.Copy(stale, e.readers)
		}
	}
	return slices.SortedFunc(maps.Keys(stale), func(a, b *entry[K, V]) int { return a.index - b.index })
}
