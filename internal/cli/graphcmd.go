package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/cli/ctxgraph"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report/visible"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// graphOptions are the flags of "ctxlint graph".
type graphOptions struct {
	from   string
	by     string
	format string
	output string
	tests  bool
}

const graphText = `Draws how contexts go through the packages: where they enter, derive, are reset
and stored, and which goroutines they reach.
`

var graphFormats = []string{"svg", "dot"}

func (c *command) graphVerb() *verb {
	o := new(graphOptions)
	v := &verb{
		name: "graph", args: "[packages]", short: "draw how contexts go through packages, as SVG or DOT", long: graphText,
		groups: []string{packageFlags, commonFlags}, own: flag.NewFlagSet("", flag.ContinueOnError), complete: c.completePackages,
	}
	v.own.StringVar(&o.from, "from", "", "draw only what the contexts of `function` reach, and its callers")
	v.own.StringVar(&o.by, "by", string(ctxgraph.Auto), "draw a node for each `level`: func, type or package; auto is the finest that can be read")
	v.own.StringVar(&o.format, "format", "svg", "write the graph as `format`: svg or dot")
	v.own.StringVar(&o.output, "o", "", "write the graph to `file` instead of standard output")
	v.own.BoolVar(&o.tests, "test", false, "draw the functions of test files, too")
	v.run = func(patterns []string) (int, error) { return c.graph(v, *o, patterns) }
	return v
}

// graph runs "ctxlint graph".
func (c *command) graph(v *verb, o graphOptions, patterns []string) (code int, err error) {
	if err := cmp.Or(o.check(), c.check(patterns)); err != nil {
		return 0, usageError{err, v}
	}
	if err := c.refuseTerminal(destination{o.format, o.output}); err != nil {
		return 0, err
	}
	s, err := c.newSession()
	if err != nil {
		return 0, err
	}
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	pkgs, loadErr := s.loadForGraph(ctx, cleanPatterns(patterns), o.tests)
	if len(pkgs) == 0 && loadErr != nil {
		return 0, loadErr
	}
	g := s.buildGraph(pkgs)
	if o.from != "" {
		if g, err = g.From(o.from); err != nil {
			return 0, errors.Join(loadErr, err)
		}
	}
	folded := g.Fold(ctxgraph.Level(o.by))
	if err := s.writeGraph(folded, o); err != nil {
		return 0, errors.Join(loadErr, err)
	}
	if folded != g && o.by == string(ctxgraph.Auto) {
		s.note("%d nodes would be too many to read and were folded to %d; -from draws a part, -by chooses the level", len(g.Nodes), len(folded.Nodes))
	}
	if loadErr != nil {
		s.fail(loadErr)
		return exitFailure, nil
	}
	return exitClean, nil
}

func (o *graphOptions) check() error {
	switch {
	case !slices.Contains(ctxgraph.Levels(), o.by):
		return fmt.Errorf("-by must be %s, not %q", strings.Join(ctxgraph.Levels(), ", "), o.by)
	case !slices.Contains(graphFormats, o.format):
		return fmt.Errorf("the format of a graph is %s, not %q", spelling.Or(graphFormats), o.format)
	}
	return nil
}

// loadForGraph loads the packages that the patterns name. Those that do not
// compile are left out, and the error says why.
func (s *session) loadForGraph(ctx context.Context, patterns []string, tests bool) ([]*packages.Package, error) {
	all, err := packages.Load(&packages.Config{
		Context: ctx, Dir: s.dir, BuildFlags: s.buildFlags, Tests: tests,
		Mode: packages.LoadSyntax | packages.NeedForTest,
	}, patterns...)
	if err != nil {
		return nil, err
	}
	var good []*packages.Package
	for _, p := range withoutDuplicates(all) {
		if len(p.Errors) == 0 && !p.IllTyped {
			good = append(good, p)
			continue
		}
		err = errors.Join(err, s.packageError(p))
	}
	return good, err
}

// packageError returns why a package cannot be drawn: its first error with a
// position, if there is one.
func (s *session) packageError(p *packages.Package) error {
	if len(p.Errors) == 0 {
		return fmt.Errorf("package %s: a package that it imports does not compile", p.PkgPath)
	}
	i := max(0, slices.IndexFunc(p.Errors, func(e packages.Error) bool { return e.Pos != "" && e.Pos != "-" }))
	e := p.Errors[i]
	if pos := gocmd.ParsePosition(s.dir, e.Pos); pos != nil {
		return fmt.Errorf("%s:%d:%d: %s", s.formatOptions().Path(pos.File), pos.Line, pos.Col, e.Msg)
	}
	return errors.New(e.Msg)
}

func (s *session) buildGraph(pkgs []*packages.Package) *ctxgraph.Graph {
	prog, _ := ssautil.Packages(pkgs, ssa.BuilderMode(0))
	prog.Build()
	o := s.formatOptions()
	return ctxgraph.Build(pkgs, prog, func(p token.Position) string {
		return visible.Text(fmt.Sprintf("%s:%d", o.Path(p.Filename), p.Line))
	})
}

// withoutDuplicates leaves out packages that also have a variant with their
// tests, and the main packages that the go command makes for tests.
func withoutDuplicates(pkgs []*packages.Package) []*packages.Package {
	tested := make(map[string]bool)
	for _, p := range pkgs {
		if p.ForTest != "" {
			tested[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(pkgs, func(p *packages.Package) bool {
		return p.ForTest == "" && (tested[p.PkgPath] || strings.HasSuffix(p.ID, ".test"))
	})
}

func (s *session) writeGraph(g *ctxgraph.Graph, o graphOptions) error {
	title := "Contexts in " + g.Scope()
	if o.from != "" {
		title = "Contexts from " + o.from + " in " + g.Scope()
	}
	if len(g.Nodes) == 0 {
		return errors.New("no function in these packages has to do with contexts")
	}
	out := new(bytes.Buffer)
	write := g.SVG
	if o.format == "dot" {
		write = g.DOT
	}
	if err := write(out, visible.Text(title)); err != nil {
		return err
	}
	if o.output == "" {
		_, err := out.WriteTo(s.stdout)
		return err
	}
	if err := s.writeFile(s.abs(s.dir, o.output), out.Bytes()); err != nil {
		return err
	}
	s.note("%s", g.Summary())
	return nil
}
