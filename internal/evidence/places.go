package evidence

import (
	"slices"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// preference is the order in which the operations of a line are taken for what a finding
// names.
var preference = []opKind{opSend, opReceive, opSelect, opGo, opLoop, opCall}

// placesOf returns where goroutines of a finding are: at the operation that it reports, or
// at those of its steps if it reports something else. The steps of a finding about an
// operation are also about the other side, where it is right to wait.
func (c *code) placesOf(f *report.Finding) []place {
	var places []place
	for _, part := range f.Parts() {
		p, ok := c.placeOf(part.Pos)
		if ok {
			places = append(places, p)
			continue
		}
		for _, step := range part.Related {
			if p, ok := c.placeOf(step.Pos); ok && p.op.kind != opCall {
				places = append(places, p)
			}
		}
	}
	return places
}

// placeOf returns the operation at a position.
func (c *code) placeOf(pos record.Position) (place, bool) {
	fn := c.at(pos.File, pos.Line)
	if fn == nil {
		return place{}, false
	}
	for _, kind := range preference {
		i := slices.IndexFunc(fn.ops, func(o op) bool {
			return o.kind == kind && o.has(pos.Line) && (kind != opLoop || o.first == pos.Line)
		})
		if i < 0 {
			continue
		}
		o := fn.ops[i]
		if kind == opSelect && o.bodyFirst > 0 { // a case
			o = op{kind: opSelect, first: o.bodyFirst, last: o.last}
		}
		if (kind == opSend || kind == opReceive) && c.inCase(fn, o) {
			continue // it is the select that waits
		}
		return place{fn, o}, true
	}
	return place{}, false
}

// inCase reports whether an operation is that of a case.
func (c *code) inCase(fn *function, o op) bool {
	return slices.ContainsFunc(fn.ops, func(s op) bool {
		return s.kind == opSelect && s.bodyFirst > 0 && s.first <= o.first && o.last <= s.last
	})
}
