package metriclifecycle

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkArity reports a call that gives a vector other labels than it has.
//
// Tests are left out: a call that panics there is meant to.
func (c *checker) checkArity(call ssa.CallInstruction) {
	if !call.Pos().IsValid() || ssax.InstrInTest(call) {
		return
	}
	use, ok := vectors.UseOf(call.Common())
	if !ok {
		c.checkPassed(call)
		return
	}
	v, ok := c.vectors.Vector(use.Vector)
	if !ok {
		c.silent(arity, call, vectorUnknown)
		return
	}
	given, wrong := "", false
	if use.ByName {
		keys, ok := c.vectors.Keys(use.Labels, call)
		if !ok {
			c.silent(arity, call, givenUnknown)
			return
		}
		given, wrong = labelsGiven(keys), !acceptsNames(v, keys, use.Some)
	} else {
		values, ok := c.vectors.Strings(use.Labels)
		if !ok {
			c.silent(arity, call, givenUnknown)
			return
		}
		given, wrong = count(len(values), "label value"), len(values) != len(v.Labels)
	}
	if !wrong {
		c.silent(arity, call, labelsFit)
		return
	}
	pos, end := c.span(call)
	c.report.ReportFinding(diag.Finding{Metric: metricOfUse(use, v), Diagnostic: analysis.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: arity,
		Message:  fmt.Sprintf("%s gets %s, but %s has %s, so %s; %s", use.Method, given, nameOf(v), labelsOf(v), use.Consequence, remedy(use)),
		Related:  []analysis.RelatedInformation{{Pos: v.Pos, Message: fmt.Sprintf("%s gets its labels here: %s", nameOf(v), describe(v))}},
	}})
}

// checkPassed reports a call of a function that passes its arguments on to a vector
// which has another number of labels.
func (c *checker) checkPassed(call ssa.CallInstruction) {
	for _, p := range c.vectors.Passed(call) {
		if len(p.Values) == len(p.Vector.Labels) {
			continue
		}
		pos, end := c.span(call)
		name := nameOf(p.Vector)
		c.report.ReportFinding(diag.Finding{Metric: metricOfUse(p.Use, p.Vector), Diagnostic: analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: arity,
			Message: fmt.Sprintf("%s passes %s to %s, but %s has %s, so %s; %s",
				nameOfCallee(call.Common()), count(len(p.Values), "label value"), p.Method, name, labelsOf(p.Vector), p.Consequence, remedy(p.Use)),
			Related: []analysis.RelatedInformation{
				{Pos: p.Pos, Message: p.Method + " gets the values here"},
				{Pos: p.Vector.Pos, Message: fmt.Sprintf("%s gets its labels here: %s", name, describe(p.Vector))},
			},
		}})
		return
	}
}

// acceptsNames reports whether a vector takes a map of labels with these keys:
// all of its labels, or some of them.
func acceptsNames(v vectors.Vector, keys []string, some bool) bool {
	if !some && len(keys) != len(v.Labels) || len(keys) > len(v.Labels) {
		return false
	}
	if !v.Named() {
		return true
	}
	return !slices.ContainsFunc(keys, func(key string) bool { return !slices.Contains(v.Labels, key) })
}

func remedy(use vectors.Use) string {
	switch {
	case use.Some:
		return "name labels that it has"
	case use.ByName:
		return "give exactly the labels that it has"
	}
	return "pass one value for each label"
}

// nameOf returns what messages call a vector.
func nameOf(v vectors.Vector) string {
	if v.Name == "" {
		return "the vector"
	}
	return v.Name
}

func labelsGiven(keys []string) string {
	switch len(keys) {
	case 0:
		return "no labels"
	case 1:
		return "the label " + keys[0]
	}
	return "the labels " + strings.Join(keys, ", ")
}

// labelsOf says how many labels a vector takes, and which.
func labelsOf(v vectors.Vector) string {
	if len(v.Labels) == 0 {
		if len(v.Curried) > 0 {
			return "none left"
		}
		return "no labels"
	}
	s := count(len(v.Labels), "label")
	if len(v.Curried) > 0 {
		s += " left"
	}
	return s + " (" + describe(v) + ")"
}

func describe(v vectors.Vector) string {
	names := slices.Clone(v.Labels)
	for i, name := range names {
		if name == "" {
			names[i] = "?"
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

func count(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
