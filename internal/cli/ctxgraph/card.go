package ctxgraph

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A card is the text in a node.
type card struct {
	title, sub string
	rows       []row
	class      string // "entry", "reset", "root", "goroutine" or ""
}

// A row says one thing that a function does with contexts.
type row struct{ class, label, text string }

// card returns the text of a node of a graph. entered is whether a context
// comes to it from another node.
func (n *Node) card(entered bool) card {
	c := card{title: n.Title, sub: n.Place}
	if n.Kind == Group {
		c.sub = plural(n.Members, "function")
	}
	if len(n.Enters) > 0 && (!entered || n.Kind == Group || n.carried()) {
		c.add("enters", "enters as", n.Enters.String())
	}
	if len(n.Derives) > 0 {
		c.add("derives", "derives", n.Derives.String())
	}
	switch {
	case len(n.Roots) == 0:
	case n.Kind == Group && n.Resets > 0:
		c.add("resets", "resets in", fmt.Sprintf("%d (%s)", n.Resets, n.Roots))
	case n.Resets > 0:
		c.add("resets", "resets to", n.Roots.String())
	default:
		c.add("starts", "starts from", n.Roots.String())
	}
	if len(n.Stores) > 0 {
		c.add("stores", "stores in", n.Stores.String())
	}
	switch {
	case n.Waits > 0 && n.Kind == Group:
		c.add("waits", "waits", fmt.Sprintf("in %d", n.Waits))
	case n.Waits > 0:
		c.add("waits", "waits", "for its end")
	}
	if n.Loose > 0 {
		c.add("loose", "starts", plural(n.Loose, "goroutine")+" without")
	}
	switch {
	case n.Resets > 0:
		c.class = "reset"
	case n.Kind == Goroutine:
		c.class = "goroutine"
	case len(n.Roots) > 0:
		c.class = "root"
	case !entered && len(n.Enters) > 0:
		c.class = "entry"
	}
	return c
}

func (c *card) add(class, label, text string) {
	c.rows = append(c.rows, row{class, label, text})
}

// carried reports whether a context enters inside something else.
func (n *Node) carried() bool {
	for name := range n.Enters {
		if name != "ctx" {
			return true
		}
	}
	return false
}

// entered returns the nodes that a context comes to from another node.
func (g *Graph) entered() map[*Node]bool {
	to := make(map[*Node]bool)
	for _, e := range g.Edges {
		if e.From != e.To && e.Origin != None {
			to[e.To] = true
		}
	}
	return to
}

// label returns the text at an edge.
func (e *Edge) label() string {
	label := map[EdgeKind]string{Defer: "defer", Go: "go"}[e.Kind]
	if derived := e.Derived.String(); derived != "" {
		if label != "" {
			label += ", "
		}
		label += derived
	}
	if label == "" && e.Count > 1 {
		return fmt.Sprintf("×%d", e.Count)
	}
	return label
}

// class returns the edge's class in the styles.
func (e *Edge) class() string {
	switch {
	case e.Origin == Fresh:
		return "fresh"
	case e.Origin == None:
		return "none" // dotted, whether called or started
	case e.Kind == Go:
		return "go"
	case e.Origin == Kept:
		return "kept"
	}
	return "call"
}

// cut shortens text to n characters.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Summary returns one line about the graph.
func (g *Graph) Summary() string {
	var functions, goroutines, entries, resets int
	entered := g.entered()
	for _, n := range g.Nodes {
		switch {
		case n.Kind == Goroutine:
			goroutines++
		case n.Kind == Group:
			functions += n.Members
		default:
			functions++
		}
		resets += n.Resets
		if !entered[n] && len(n.Enters) > 0 {
			entries++
		}
	}
	text := plural(functions, "function")
	if goroutines > 0 {
		text += ", " + plural(goroutines, "goroutine")
	}
	if entries > 0 && g.Nodes[0].Kind != Group {
		text += ", contexts enter at " + fmt.Sprint(entries)
	}
	if resets > 0 {
		text += ", reset in " + fmt.Sprint(resets)
	}
	return text
}

// Scope returns the import path of the graph's package, or the pattern that all
// its packages match.
func (g *Graph) Scope() string {
	if len(g.Nodes) == 0 {
		return ""
	}
	prefix, several := g.prefix()
	if several {
		prefix = append(prefix, "...")
	}
	return strings.Join(prefix, "/")
}

// prefix returns the elements that the import paths of the graph's packages start
// with, and whether there are several packages.
func (g *Graph) prefix() (elems []string, several bool) {
	for i, n := range g.Nodes {
		own := strings.Split(n.Package, "/")
		if i == 0 {
			elems = own
		}
		several = several || n.Package != g.Nodes[0].Package
		same := 0
		for same < min(len(elems), len(own)) && elems[same] == own[same] {
			same++
		}
		elems = elems[:same:same]
	}
	return elems, several
}
