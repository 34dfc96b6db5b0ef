package ctxgraph

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Level says what one node stands for.
type Level string

// The levels, from fine to coarse.
const (
	Auto      Level = "auto" // the finest level at which the graph is legible
	ByFunc    Level = "func"
	ByType    Level = "type" // a type with its methods, or a file's functions
	ByPackage Level = "package"
)

// Levels returns the names of the levels.
func Levels() []string {
	return []string{string(Auto), string(ByFunc), string(ByType), string(ByPackage)}
}

// legible is how many nodes a person can still read.
const legible = 60

// Fold merges the functions of a graph into nodes of the given level.
func (g *Graph) Fold(level Level) *Graph {
	switch level {
	case ByFunc:
		return g
	case ByType, ByPackage:
		return g.fold(level)
	}
	if len(g.Nodes) <= legible {
		return g
	}
	if types := g.fold(ByType); len(types.Nodes) <= legible {
		return types
	}
	return g.fold(ByPackage)
}

func (g *Graph) fold(level Level) *Graph {
	folded := new(Graph)
	groups := make(map[string]*Node)
	of := make(map[*Node]*Node)
	entered := g.entered()
	short := g.shortPackages()
	for _, n := range g.Nodes {
		id, title := n.Package, short(n.Package)
		if level == ByType {
			id, title = n.Package+"."+n.Type, path.Base(n.Package)+"."+n.Type
			if strings.HasSuffix(n.Type, ".go") {
				title = path.Base(n.Package) + "/" + n.Type
			}
		}
		group := groups[id]
		if group == nil {
			group = &Node{ID: id, Title: title, Package: n.Package, Type: n.Type, Kind: Group}
			groups[id] = group
			folded.Nodes = append(folded.Nodes, group)
		}
		of[n] = group
		group.join(n, entered[n])
	}
	edges := make(map[edgeKey]*Edge)
	for _, e := range g.Edges {
		key := edgeKey{of[e.From], of[e.To], e.Kind, e.Origin}
		if key.from == key.to {
			continue
		}
		merged := edges[key]
		if merged == nil {
			merged = &Edge{From: key.from, To: key.to, Kind: key.kind, Origin: key.origin}
			edges[key] = merged
			folded.Edges = append(folded.Edges, merged)
		}
		merged.Count += max(1, e.Count)
		for name, n := range e.Derived {
			merged.Derived.add(name, n)
		}
	}
	folded.sort()
	return folded
}

// shortPackages returns a function that removes from an import path what all
// paths have in common, which the drawing shows at the top.
func (g *Graph) shortPackages() func(string) string {
	elems, several := g.prefix()
	prefix := strings.Join(elems, "/")
	return func(pkg string) string {
		if below, ok := strings.CutPrefix(pkg, prefix+"/"); ok && several {
			return below
		}
		if several && len(elems) > 0 {
			return path.Base(pkg) // the package above the others
		}
		return pkg
	}
}

// join adds a function to a group. Contexts that it is given by other functions
// do not enter the group.
func (n *Node) join(member *Node, entered bool) {
	n.Members++
	n.Resets += member.Resets
	n.Waits += member.Waits
	n.Loose += member.Loose
	tallies := map[*Tally]Tally{&n.Derives: member.Derives, &n.Roots: member.Roots, &n.Stores: member.Stores}
	if !entered {
		tallies[&n.Enters] = member.Enters
	}
	for to, from := range tallies {
		for name, count := range from {
			to.add(name, count)
		}
	}
}

// From returns the part of the graph that contexts reach from the functions
// with the given name, together with the functions that pass a context to
// these. A name is "F", "T.M", "(*T).M", or just "M", optionally after an
// import path or its last element. The error lists similar names.
func (g *Graph) From(name string) (*Graph, error) {
	var start []*Node
	for _, n := range g.Nodes {
		if n.Kind == Function && n.isCalled(name) {
			start = append(start, n)
		}
	}
	if len(start) == 0 {
		return nil, fmt.Errorf("no function %s has to do with contexts%s", name, g.near(name))
	}
	keep := make(map[*Node]bool)
	for queue := slices.Clone(start); len(queue) > 0; queue = queue[1:] {
		if keep[queue[0]] {
			continue
		}
		keep[queue[0]] = true
		for _, e := range g.Edges {
			if e.From == queue[0] {
				queue = append(queue, e.To)
			}
		}
	}
	for _, e := range g.Edges {
		if slices.Contains(start, e.To) {
			keep[e.From] = true
		}
	}
	part := new(Graph)
	for _, n := range g.Nodes {
		if keep[n] {
			part.Nodes = append(part.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		if keep[e.From] && keep[e.To] {
			part.Edges = append(part.Edges, e)
		}
	}
	return part, nil
}

func (n *Node) isCalled(name string) bool {
	short := n.Title[strings.LastIndexByte(n.Title, '.')+1:]
	plain := strings.NewReplacer("(*", "", ")", "").Replace(n.Title)
	for _, own := range []string{n.Title, plain, short} {
		for _, prefix := range []string{"", path.Base(n.Package) + ".", n.Package + "."} {
			if name == prefix+own {
				return true
			}
		}
	}
	return false
}

// near returns up to five names of functions that contain part of the name.
func (g *Graph) near(name string) string {
	part := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	var found []string
	for _, n := range g.Nodes {
		if n.Kind == Function && strings.Contains(strings.ToLower(n.Title), part) {
			found = append(found, n.Title)
		}
	}
	if len(found) == 0 {
		return ""
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	return "; these do: " + strings.Join(found[:min(5, len(found))], ", ")
}
