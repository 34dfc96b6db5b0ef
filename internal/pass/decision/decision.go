// Package decision keeps why analyzers say nothing about a place at which they have
// looked: what was taken for clean-up, for a lifetime, or for work that is done once for
// all. The functions that decide give their reasons themselves, so that what is told is
// what has decided; a run in which nobody asks keeps nothing.
package decision

import (
	"cmp"
	"go/token"
	"slices"
	"sync"
)

// A Reason says why something is right as it is, or not for an analyzer to judge: a
// sentence without a full stop, which stands alone. The empty Reason is none: nothing has
// decided that it is.
type Reason string

// A Decision is that of an analyzer to say nothing about a place.
type Decision struct {
	Analyzer string
	Category string // that a finding would have had, "" if that is open
	Pos      token.Pos
	Reason   Reason
}

// A Log keeps the decisions of a pass. A nil Log keeps none. Its methods are safe for
// concurrent use.
type Log struct {
	mu   sync.Mutex
	list []Decision
}

// Add keeps a decision.
func (l *Log) Add(d Decision) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, d)
}

// All returns the decisions, each once, in the order of the source.
func (l *Log) All() []Decision {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	slices.SortFunc(l.list, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Analyzer, b.Analyzer), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Reason, b.Reason))
	})
	l.list = slices.Compact(l.list)
	return slices.Clone(l.list)
}
