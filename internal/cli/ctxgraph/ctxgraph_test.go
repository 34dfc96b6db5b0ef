package ctxgraph_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"go/token"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/cli/ctxgraph"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func build(t *testing.T, dir string) *ctxgraph.Graph {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := packages.PrintErrors(pkgs); n > 0 {
		t.Fatalf("%d errors", n)
	}
	prog, _ := ssautil.Packages(pkgs, ssa.BuilderMode(0))
	prog.Build()
	return ctxgraph.Build(pkgs, prog, func(p token.Position) string {
		return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
	})
}

func TestGolden(t *testing.T) {
	g := build(t, "./testdata/flow")
	for name, g := range map[string]*ctxgraph.Graph{
		"func.dot": g, "type.dot": g.Fold(ctxgraph.ByType), "package.dot": g.Fold(ctxgraph.ByPackage),
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := g.DOT(&out, "flow"); err != nil {
				t.Fatal(err)
			}
			testenv.Golden(t, name, out.String(), *update, "run with -update to accept")
		})
	}
}

// edge is an edge in words, for comparison.
func edges(g *ctxgraph.Graph) map[string]*ctxgraph.Edge {
	all := make(map[string]*ctxgraph.Edge)
	for _, e := range g.Edges {
		all[e.From.Title+" to "+e.To.Title] = e
	}
	return all
}

func TestEdges(t *testing.T) {
	g := build(t, "./testdata/flow")
	got := edges(g)
	for name, want := range map[string]struct {
		kind   ctxgraph.EdgeKind
		origin ctxgraph.Origin
	}{
		"(*Server).ServeHTTP to (*Server).handle": {ctxgraph.Call, ctxgraph.Inherited},
		"(*Server).handle to flush":               {ctxgraph.Defer, ctxgraph.Inherited},
		"(*Server).handle to work":                {ctxgraph.Go, ctxgraph.Inherited},
		"(*Server).handle to go func, line 50":    {ctxgraph.Go, ctxgraph.Inherited},
		"go func, line 50 to memory.Get":          {ctxgraph.Call, ctxgraph.Inherited},
		"(*Server).handle to audit":               {ctxgraph.Call, ctxgraph.Kept},
		"(*Server).handle to cut":                 {ctxgraph.Call, ctxgraph.None},
		"New to (*Server).loop":                   {ctxgraph.Go, ctxgraph.None},
		"(*Server).loop to flush":                 {ctxgraph.Call, ctxgraph.Kept},
		"reset to flush":                          {ctxgraph.Call, ctxgraph.Fresh},
		"fallback to flush":                       {ctxgraph.Call, ctxgraph.Inherited},
		"instance to generic":                     {ctxgraph.Call, ctxgraph.Inherited},
		"main to New":                             {ctxgraph.Call, ctxgraph.Fresh},
		"list to flush":                           {ctxgraph.Call, ctxgraph.Inherited},
	} {
		e := got[name]
		if e == nil {
			t.Errorf("no edge %s", name)
		} else if e.Kind != want.kind || e.Origin != want.origin {
			t.Errorf("%s: kind %d, origin %d, want %d, %d", name, e.Kind, e.Origin, want.kind, want.origin)
		}
	}
	nodes := make(map[string]*ctxgraph.Node)
	for _, n := range g.Nodes {
		nodes[n.Title] = n
	}
	for name, want := range map[string]int{"reset": 1, "cut": 1, "fallback": 0, "main": 0, "(*Server).handle": 0} {
		if got := nodes[name].Resets; got != want {
			t.Errorf("%s: %d resets, want %d", name, got, want)
		}
	}
	if n := nodes["(*Server).handle"]; n.Loose != 1 {
		t.Errorf("handle starts %d goroutines without a context, want 1", n.Loose)
	}
	if nodes["plain"] != nil {
		t.Error("a function that has nothing to do with contexts is drawn")
	}
}

func TestFrom(t *testing.T) {
	g := build(t, "./testdata/flow")
	for _, name := range []string{"handle", "(*Server).handle", "Server.handle", "flow.handle"} {
		part, err := g.From(name)
		if err != nil {
			t.Errorf("From(%s): %v", name, err)
			continue
		}
		var titles []string
		for _, n := range part.Nodes {
			titles = append(titles, n.Title)
		}
		all := strings.Join(titles, " ")
		for _, want := range []string{"(*Server).ServeHTTP", "go func, line 50", "memory.Get", "flush"} {
			if !strings.Contains(all, want) {
				t.Errorf("From(%s) lacks %s: %s", name, want, all)
			}
		}
		if strings.Contains(all, "main") {
			t.Errorf("From(%s) has main: %s", name, all)
		}
	}
	if _, err := g.From("hand"); err == nil || !strings.Contains(err.Error(), "(*Server).handle") {
		t.Errorf("From(hand): %v", err)
	}
}

func TestFold(t *testing.T) {
	g := build(t, "./testdata/flow")
	if got := g.Fold(ctxgraph.Auto); got != g {
		t.Error("a small graph is folded")
	}
	types := g.Fold(ctxgraph.ByType)
	members := 0
	for _, n := range types.Nodes {
		members += n.Members
	}
	if members != len(g.Nodes) {
		t.Errorf("%d functions in groups, want %d", members, len(g.Nodes))
	}
	large := new(ctxgraph.Graph)
	for i := range 100 {
		large.Nodes = append(large.Nodes, &ctxgraph.Node{ID: fmt.Sprint(i), Package: fmt.Sprintf("p%d", i/20), Type: fmt.Sprint(i)})
	}
	if got := len(large.Fold(ctxgraph.Auto).Nodes); got != 5 {
		t.Errorf("folded into %d nodes, want 5", got)
	}
}

// TestSVG checks that the drawing is well-formed, refers to nothing outside,
// and shows hostile names as text.
func TestSVG(t *testing.T) {
	g := build(t, "./testdata/flow")
	const hostile = `</text><script>alert(1)</script>"'&`
	g.Nodes[0].Place = hostile
	var out bytes.Buffer
	if err := g.SVG(&out, hostile); err != nil {
		t.Fatal(err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(out.Bytes()))
	seen := make(map[string]int)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			seen[start.Name.Local]++
			for _, a := range start.Attr {
				if a.Name.Local != "xmlns" && strings.Contains(a.Value, "//") {
					t.Errorf("%s refers to %s", start.Name.Local, a.Value)
				}
			}
		}
	}
	if seen["script"] > 0 || seen["svg"] != 1 {
		t.Errorf("the drawing has %v", seen)
	}
	var dot bytes.Buffer
	if err := g.DOT(&dot, `"];evil [label="`); err != nil {
		t.Fatal(err)
	}
	if bytes.Count(dot.Bytes(), []byte(`"];evil`)) != bytes.Count(dot.Bytes(), []byte(`\"];evil`)) {
		t.Error("a title leaves its string")
	}
}

func TestDeterministic(t *testing.T) {
	var first []byte
	for range 3 {
		var out bytes.Buffer
		if err := build(t, "./testdata/flow").SVG(&out, "flow"); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = out.Bytes()
		} else if !bytes.Equal(first, out.Bytes()) {
			t.Fatal("the same code makes different drawings")
		}
	}
}
