package labelcardinality

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/taint"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// A finding is a source that becomes labels in one function.
type finding struct {
	use    use
	origin taint.Origin
	reach  reach
	others []analysis.RelatedInformation // more labels that it becomes
}

// group is what the labels of one finding have in common.
type group struct {
	fn       *ssa.Function
	source   ssa.Value
	category metriclib.Category
}

// addSource notes that the source of o becomes the label that r describes.
func (c *checker) addSource(u use, o taint.Origin, r reach) {
	if c.quiet {
		return
	}
	if !c.wanted(o.Source, r) {
		c.silentSource(u, o, r)
		return
	}
	key := group{u.call.Parent(), o.Source.Value, o.Source.Category}
	f := c.byGroup[key]
	if f == nil {
		f = &finding{use: u, origin: o, reach: r}
		c.byGroup[key] = f
		c.findings = append(c.findings, f)
		return
	}
	pos, end := c.span(u, r)
	if first, _ := c.span(f.use, f.reach); pos == first && subject(r) == subject(f.reach) {
		return
	}
	f.others = append(f.others, analysis.RelatedInformation{Pos: pos, End: end, Message: subject(r) + " gets it, too"})
}

// reportAll reports the findings in the order of the source.
func (c *checker) reportAll() {
	for _, f := range c.findings {
		s := f.origin.Source
		pos, end := c.span(f.use, f.reach)
		what, confidence := noun(s), catalog.High
		if c.isHost(f) {
			what, confidence = "host of "+what, catalog.Low
		}
		switch {
		case s.Author == taint.Anybody:
		case s.Category == metriclib.Request:
			confidence = catalog.Low
		default:
			confidence = catalog.Medium
		}
		d := analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: string(s.Category),
			Message:  fmt.Sprintf("%s is unbounded: each %s %s; %s", subject(f.reach), what, f.reach.Retention.Consequence(), c.remedy(s)),
			Related:  append(c.related(f.origin, f.use, f.reach), f.others...),
		}
		d.SuggestedFixes = c.routeFix(f)
		metric := catalog.Metric{Name: f.reach.Metric, Label: f.reach.Label}
		c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence, Metric: metric})
	}
}

// wanted reports whether a finding is wanted.
func (c *checker) wanted(s *taint.Source, r reach) bool {
	if (s.Category == metriclib.Strict && !words.PerUser.Trails(r.Label) || s.Category == metriclib.Request && r.Vetted) && isTenancy(s, r) {
		return false
	}
	if isMirrored(s, r) {
		return false
	}
	switch s.Category {
	case metriclib.Method:
		return !r.Once && c.report.Enabled(string(metriclib.Method))
	case metriclib.ID, metriclib.Time, metriclib.Number, metriclib.Address, metriclib.K8s:
		return !r.Once // one for each process or object
	}
	return true
}

// isMirrored reports whether there is a series for each thing outside the program as long as
// the thing is there, which is what a collector is for.
func isMirrored(s *taint.Source, r reach) bool {
	return s.Author == taint.Outside && r.Retention == metriclib.Rebuilt
}

// isTenancy reports whether a label is named after the tenants of a service. Such a
// label is made on purpose, and whoever runs the service knows how many there are, as
// long as a client cannot make one up.
func isTenancy(s *taint.Source, r reach) bool {
	return words.Tenancy.Is(r.Label) || r.Label == "" && words.Tenant.In(s.What)
}

// subject names what gets the value.
func subject(r reach) string {
	if r.Name {
		return "the name of a metric"
	}
	label := "a label"
	switch {
	case r.Label != "":
		label = fmt.Sprintf("label %q", r.Label)
	case r.Index >= 0:
		label = fmt.Sprintf("label %d", r.Index+1)
	}
	if r.Metric != "" {
		label += " of " + r.Metric
	}
	return label
}

// becomes says what a value is used for, for a step.
func becomes(r reach) taint.Event {
	if r.Name {
		return taint.Event{Kind: taint.Becomes, Name: "part of the name of a metric"}
	}
	return taint.Event{Kind: taint.Becomes, Name: subject(r)}
}

// noun names the values of a source, without an article.
func noun(s *taint.Source) string {
	what := s.What
	switch s.Category {
	case metriclib.Error:
		if what == "" {
			return "text of an error"
		}
		if !strings.Contains(what, "(") {
			return "text of " + what
		}
	case metriclib.ID:
		if what == "" {
			return "identifier"
		}
	}
	if what == "" {
		return map[metriclib.Category]string{
			metriclib.Request: "value from a request",
			metriclib.Method:  "method of a request",
			metriclib.Time:    "timestamp",
			metriclib.Address: "address of a peer",
			metriclib.K8s:     "identity of an object",
			metriclib.Message: "value from a message",
			metriclib.Number:  "measured number",
			metriclib.Strict:  "value",
		}[s.Category]
	}
	return tail(what)
}

// maxSource bounds how many characters of an expression a message shows. What comes
// last in a longer one says what it is: "….TraceID().String()".
const maxSource = 40

// tail returns an expression, or the longest end of it that is not too long and
// begins with a selector.
func tail(expr string) string {
	if utf8.RuneCountInString(expr) <= maxSource {
		return expr
	}
	depth := 0
	for i, r := range expr {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '.':
			if depth == 0 && utf8.RuneCountInString(expr[i:]) < maxSource {
				return "…" + expr[i:]
			}
		}
	}
	return expr
}

// remedy says what to do.
func (c *checker) remedy(s *taint.Source) string {
	switch s.Category {
	case metriclib.Request:
		switch {
		case s.Author == taint.Program:
			return "use the name of the operation"
		case s.Author == taint.Outside:
			return "delete its series when it goes, or log it"
		case isAttributes(s.Value.Type()):
			return "give it method, route and status alone"
		case !isPath(s):
		case c.index.ServesSubtree(s.Value.Parent()):
			return "map unknown paths to a constant"
		default:
			return "use the route pattern, or a constant if there is none"
		}
		return "map it to a fixed set, or log it"
	case metriclib.Method:
		return "map unknown methods to a constant"
	case metriclib.Error:
		return "use a class of errors, and log the text"
	case metriclib.Time:
		return "observe the time as a value instead"
	case metriclib.Address:
		if s.Author == taint.Outside {
			return "drop it, or delete the series of old ones"
		}
		return "drop the label, and log the address"
	case metriclib.K8s:
		return "drop the label, or delete the series with the object"
	case metriclib.Number:
		return "observe it as a value instead"
	}
	return "log it instead, or make it an exemplar"
}

// isAttributes reports whether t is the type of several attributes of OpenTelemetry.
func isAttributes(t types.Type) bool {
	attrs, ok := t.Underlying().(*types.Slice)
	return ok && ctxlib.IsNamedOrPointer(attrs.Elem(), "go.opentelemetry.io/otel/attribute", "KeyValue")
}

// isPath reports whether a source is the path that a client asked for.
func isPath(s *taint.Source) bool {
	return !strings.Contains(s.What, "PathValue") && !strings.Contains(s.What, "Query") && slices.ContainsFunc([]string{"URL", "Path", "URI"}, func(part string) bool { return strings.Contains(s.What, part) })
}

// related walks the way from the source to the sink.
func (c *checker) related(o taint.Origin, u use, r reach) []analysis.RelatedInformation {
	var related []analysis.RelatedInformation
	for _, s := range slices.Concat(o.Steps, r.Steps) {
		pos, message := s.Pos, s.String()
		if s.Where != "" {
			if pos = location.Find(c.pass, s.Where, s.Via); !pos.IsValid() {
				message += " (" + s.Where + ")"
			}
		}
		if !pos.IsValid() {
			pos = u.call.Pos()
		}
		related = append(related, analysis.RelatedInformation{Pos: pos, Message: message})
	}
	if len(related) == 1 && len(r.Steps) == 0 {
		return nil // it is all in one place
	}
	return related
}

// span returns where a finding about u is shown: the argument that holds the
// value, or the call.
func (c *checker) span(u use, r reach) (pos, end token.Pos) {
	call, ok := c.syntax.at(u.call.Pos()).(*ast.CallExpr)
	if !ok {
		return instrPos(u.call), instrPos(u.call)
	}
	i := u.param
	if i >= 0 && len(r.Steps) == 0 && r.Index > 0 && !call.Ellipsis.IsValid() && i+r.Index < len(call.Args) {
		i += r.Index
	}
	if i < 0 || i >= len(call.Args) {
		return call.Pos(), call.End()
	}
	arg := call.Args[i]
	if lit, ok := arg.(*ast.CompositeLit); ok {
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok && r.Label != "" {
				if key, ok := kv.Key.(*ast.BasicLit); ok && key.Value == fmt.Sprintf("%q", r.Label) {
					return kv.Pos(), kv.End()
				}
			}
		}
	}
	return arg.Pos(), arg.End()
}

func instrPos(instr ssa.Instruction) token.Pos {
	if instr.Pos().IsValid() {
		return instr.Pos()
	}
	return instr.Parent().Pos()
}
