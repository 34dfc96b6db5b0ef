package labelcardinality

import (
	"slices"

	"github.com/ctxlint/ctxlint/internal/engine/taint"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a label is bounded, or as many series as it makes are wanted. Why its value is, package
// taint tells.
const (
	seriesDeleted decision.Reason = "series of the vector are deleted somewhere: whoever does that knows that there are many"
	isConstrained decision.Reason = "the vector is made with constraints on its labels"
	fromCallers   decision.Reason = "the value comes from whoever calls the function: calls in view are judged where they are"
	notKnown      decision.Reason = "where the value comes from is not known"
	tenancy       decision.Reason = "the label is named after tenants, so that whoever runs the service knows how many there are"
	oncePerLife   decision.Reason = "it is set once for the life of the process or of an object"
	mirrored      decision.Reason = "a collector makes the series anew for each scrape, one for each thing that is there"
	isConfigured  decision.Reason = "the configuration of the middleware keeps paths out of the label"
)

// ask notes, for those who ask, why the tracer ends its walks.
func (c *checker) ask() {
	if c.report.Explains() {
		c.tracer.Asked(func(why decision.Reason) { c.whys = append(c.whys, why) })
	}
}

// silentUse tells, for those who ask, why none of the origins of a use is a source.
func (c *checker) silentUse(u use, origins []taint.Origin) {
	if !c.report.Explains() || slices.ContainsFunc(origins, func(o taint.Origin) bool { return o.Source != nil }) {
		return
	}
	whys := slices.Clone(c.whys)
	if len(origins) > 0 {
		whys = append(whys, fromCallers)
	}
	// What is said of a constant part says nothing of the rest.
	if other := slices.DeleteFunc(slices.Clone(whys), taint.IsConstant); len(other) > 0 {
		whys = other
	}
	if len(whys) == 0 {
		whys = []decision.Reason{notKnown}
	}
	pos, _ := c.span(u, u.reach)
	for _, why := range whys {
		c.report.Silent("", pos, why)
	}
}

// silentSource tells why a source that becomes a label is not reported.
func (c *checker) silentSource(u use, o taint.Origin, r reach) {
	if !c.report.Explains() || !c.report.Enabled(string(o.Source.Category)) {
		return
	}
	why := oncePerLife
	switch {
	case isMirrored(o.Source, r):
		why = mirrored
	case isTenancy(o.Source, r):
		why = tenancy
	}
	pos, _ := c.span(u, r)
	c.report.Silent(string(o.Source.Category), pos, why)
}
