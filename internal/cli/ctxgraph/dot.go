package ctxgraph

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// DOT writes the graph in the language of Graphviz, with a cluster for each
// package.
func (g *Graph) DOT(w io.Writer, title string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "digraph contexts {\n\tlabel=%s; labelloc=t; rankdir=LR; fontname=\"Helvetica\";\n", quote(title))
	fmt.Fprint(out, "\tnode [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11];\n\tedge [fontname=\"Helvetica\", fontsize=9];\n")
	entered := g.entered()
	for i := 0; i < len(g.Nodes); {
		pkg := g.Nodes[i].Package
		if g.Nodes[i].ID != pkg {
			fmt.Fprintf(out, "\tsubgraph %s {\n\t\tlabel=%s; color=gray;\n", quote("cluster_"+pkg), quote(pkg))
		} else {
			fmt.Fprint(out, "\t{\n") // a package folded into one node
		}
		for ; i < len(g.Nodes) && g.Nodes[i].Package == pkg; i++ {
			n := g.Nodes[i]
			c := n.card(entered[n])
			lines := []string{c.title}
			for _, r := range c.rows {
				lines = append(lines, r.label+" "+r.text)
			}
			fmt.Fprintf(out, "\t\t%s [label=%s, tooltip=%s%s];\n", quote(n.ID), quote(lines...), quote(c.sub), dotNode[c.class])
		}
		fmt.Fprint(out, "\t}\n")
	}
	for _, e := range g.Edges {
		fmt.Fprintf(out, "\t%s -> %s [label=%s%s];\n", quote(e.From.ID), quote(e.To.ID), quote(e.label()), dotEdge[e.class()])
	}
	fmt.Fprint(out, "}\n")
	return out.Flush()
}

var (
	dotNode = map[string]string{
		"entry": `, color="#14803c"`, "reset": `, color="#c92a2a", penwidth=2`, "root": `, color="#0b7285"`,
		"goroutine": `, color="#7c3aed", style="rounded,dashed"`,
	}
	dotEdge = map[string]string{
		"fresh": `, color="#c92a2a"`, "go": `, color="#7c3aed", style=dashed`, "kept": `, color="#a16207"`,
		"none": `, color="#868e96", style=dotted`,
	}
)

// quote returns lines of text as a string of DOT in which they are aligned left.
func quote(lines ...string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, line := range lines {
		b.WriteString(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(line))
		if len(lines) > 1 {
			b.WriteString(`\l`)
		}
	}
	b.WriteByte('"')
	return b.String()
}
