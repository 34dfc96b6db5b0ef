// Package fixpoint answers recursive questions about functions, so that the
// answers do not depend on which question is asked first.
//
// A summary of a function ("ignores its parameter", "runs in the life of the
// process", "gives a fresh context") depends on the summaries of the functions
// it calls, and those may call it back. A memo that holds a guess for the
// question that is still being answered is wrong: the callee's answer rests on
// the guess, and is kept after the guess has proved false. What is kept then
// depends on where the questions began, and so on the order in which functions
// are declared.
//
// A [Solver] finds the strongly connected components of the questions as they
// are asked (Tarjan, 1972), starts with the least answer for every member of a
// component, and evaluates the members, each from the answers of the previous
// round, until no answer changes (Kildall, 1973). Nothing is kept before that.
//
// Whether an answer is a may- or a must-answer is up to the question. The work
// is bounded by a budget of evaluations for each member of a component; if it
// is spent, all members get the answer that the question gives for unknown.
package fixpoint

import (
	"maps"
	"slices"
)

// A Problem says how to answer one kind of question.
type Problem[K comparable, V any] struct {
	// Bottom is the answer that is assumed until something speaks against it:
	// what a recursive call adds to a summary, namely nothing.
	Bottom V

	// Step answers a question, and asks [Solver.Get] for the answers that this
	// one depends on. It must depend on nothing else that changes, so it must
	// not keep what it concluded from an answer while [Solver.Open] holds.
	//
	// For the answer to be the least one, and independent of the order of
	// questions, Step must be monotone: if the answers that it gets move away
	// from Bottom, its own does so, too, or stays the same.
	Step func(K) V

	// Join combines the answer of the previous round with the new one, so that
	// answers never go back towards Bottom. If it is nil, the new answer is
	// taken, which is enough if Step is monotone.
	Join func(before, now V) V

	// Equal compares two answers.
	Equal func(a, b V) bool

	// Spent is the answer for all members of a component that is not stable
	// after each has been evaluated Budget times on average. It must be safe
	// whatever the truth is, usually "unknown".
	Spent V

	// Budget is [DefaultBudget] if it is zero.
	Budget int
}

// DefaultBudget is more than any question of this program needs: an answer with
// n levels is stable after its members have been evaluated n times in the
// direction of the calls, and no answer here has many more than ten levels.
const DefaultBudget = 64

// A Solver keeps the answers to one [Problem]. It is not safe for concurrent
// use.
type Solver[K comparable, V any] struct {
	problem Problem[K, V]
	entries map[K]*entry[K, V]
	open    []*entry[K, V] // of components that are not complete, in the order in which they were first asked
	asking  *entry[K, V]   // the entry whose Step is running, nil if none is
}

type entry[K comparable, V any] struct {
	key     K
	value   V
	done    bool // value is final
	index   int  // in Solver.open
	low     int  // the least index that can be reached from here
	readers map[*entry[K, V]]bool
}

// New returns a solver that has no answers yet.
func New[K comparable, V any](p Problem[K, V]) *Solver[K, V] {
	if p.Budget == 0 {
		p.Budget = DefaultBudget
	}
	return &Solver[K, V]{problem: p, entries: make(map[K]*entry[K, V])}
}

// NewBool returns a solver for questions that are true unless something speaks
// against it, if bottom is true, or false unless something speaks for it, if
// bottom is false. spent is the answer if the budget is spent.
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
		if e.readers == nil {
			e.readers = make(map[*entry[K, V]]bool)
		}
		e.readers[s.asking] = true
	}
	return e.value
}

// Open reports whether an answer that Get returns now may still change, so that
// what follows from it must not be kept.
func (s *Solver[K, V]) Open() bool { return len(s.open) > 0 }

// discover answers k for the first time. Afterwards the entry is complete,
// unless k depends on a question that is still being answered.
func (s *Solver[K, V]) discover(k K) *entry[K, V] {
	n := len(s.open)
	e := &entry[K, V]{key: k, value: s.problem.Bottom, index: n, low: n}
	s.entries[k] = e
	s.open = append(s.open, e)
	complete := false
	defer func() {
		if !complete { // Step panicked: discard what was concluded meanwhile
			s.forget(n)
		}
	}()
	e.value = s.evaluate(e)
	if e.low == n && len(e.readers) > 0 { // otherwise nothing has read it while it was open
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

// forget drops the questions that were opened from the n'th on.
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

// stabilise finds the answers of the component that consists of the open
// questions from the n'th on. It starts again when another question joins them,
// so that the answers depend only on the members, not on the order in which
// they came. If an answer turns out to depend on a question before the n'th,
// all of them are part of that question's component, and are left to it.
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

// iterate evaluates the members, starting with the least answers. It returns
// true when they are stable, and false if another question joins them or the
// budget is spent.
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

// adopt gives the evaluated members their new answers, and returns the members
// that have read an answer that changed.
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
