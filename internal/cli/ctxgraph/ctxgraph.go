// Package ctxgraph draws how contexts go through the functions of packages:
// where they enter, derive, are reset and stored, and which goroutines they
// reach.
//
// It shows what the code does, not what is wrong with it. It follows contexts
// as far as [ctxflow] does; one that goes through a data structure, or through
// a function value that could be several functions, comes out as a new one.
package ctxgraph

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Graph has a node for each function or group of functions.
type Graph struct {
	Nodes []*Node // sorted by ID
	Edges []*Edge // sorted
}

// A Node is a function and what it does with contexts, or a group of functions.
type Node struct {
	ID      string // unique, the same in every run
	Title   string
	Package string // import path
	Type    string // the receiver's type, or the file for a function that is not a method
	Place   string // "file:line", "" for a group
	Kind    NodeKind
	Members int // number of functions and goroutines that a group stands for

	Enters  Tally // how contexts come in: "ctx", "*http.Request"
	Derives Tally // what makes children: "WithTimeout"
	Roots   Tally // contexts without a parent that it uses: "Background"
	Resets  int   // how many functions use a root although they have a context
	Stores  Tally // where contexts are kept: "Server.ctx"
	Waits   int   // number of functions that wait for the end of one
	Loose   int   // number of started goroutines that no context reaches
}

// NodeKind says what a node stands for.
type NodeKind uint8

const (
	Function  NodeKind = iota
	Goroutine          // a function literal that a go statement or errgroup.Group.Go starts
	Group              // of functions
)

// A Tally counts names.
type Tally map[string]int

func (t *Tally) add(name string, n int) {
	if *t == nil {
		*t = make(Tally)
	}
	(*t)[name] += n
}

// String returns the names in order with their counts: "WithCancel, WithValue ×2".
func (t Tally) String() string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if n := t[name]; n > 1 {
			name += fmt.Sprintf(" ×%d", n)
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, ", ")
}

// An Edge is a call, or several of one kind, by which a context is passed on.
type Edge struct {
	From, To *Node
	Kind     EdgeKind
	Origin   Origin
	Derived  Tally // what the context went through in between
	Count    int
}

// EdgeKind says how the called function runs.
type EdgeKind uint8

const (
	Call EdgeKind = iota
	Defer
	Go
)

// Origin says what the passed context was to the caller.
type Origin uint8

const (
	Inherited Origin = iota // the caller's own, or derived from it
	Kept                    // from a field or variable, or from somewhere that is not followed
	Fresh                   // a root
	None                    // a goroutine is started, and not given a context
)

// compareEdges gives edges the same order in every run.
func compareEdges(a, b *Edge) int {
	return cmp.Or(
		cmp.Compare(a.From.ID, b.From.ID), cmp.Compare(a.To.ID, b.To.ID),
		cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Origin, b.Origin),
	)
}

func (g *Graph) sort() {
	slices.SortFunc(g.Nodes, func(a, b *Node) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(g.Edges, compareEdges)
}
