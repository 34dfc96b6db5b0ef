package labelcardinality

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/pass/sinks"
)

// Labels is the result of the analyzer: where a package sets the labels of metrics that
// are known by name, bounded or not.
type Labels struct{ sinks []sinks.Sink }

// Sinks returns the places, in the order of the source.
func (l *Labels) Sinks() []sinks.Sink {
	slices.SortStableFunc(l.sinks, func(a, b sinks.Sink) int { return cmp.Compare(a.Pos, b.Pos) })
	return l.sinks
}

// noteSink notes a call that sets labels.
func (c *checker) noteSink(call ssa.CallInstruction) {
	use, ok := vectors.UseOf(call.Common())
	if c.quiet || !ok || !call.Pos().IsValid() {
		return
	}
	v, ok := c.vectors.Vector(use.Vector)
	if !ok || v.Name == "" {
		return
	}
	labels := slices.DeleteFunc(slices.Concat(v.Labels, v.Curried), func(name string) bool { return name == "" })
	if len(labels) > 0 {
		c.sinks = append(c.sinks, sinks.Sink{Metric: v.Name, Labels: labels, Pos: call.Pos()})
	}
}
