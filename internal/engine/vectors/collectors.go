package vectors

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// A Collector is what is known from the arguments of its constructor.
type Collector struct {
	Name  string // of the metric, as far as it is constant
	Fixed bool   // every such call makes the same collector: the name is constant, and there are no constant labels
	Auto  bool   // the constructor registers it

	// PerInstance says that a constant label gets a value that is not a
	// constant, so that there is one collector for each value.
	PerInstance bool
}

// Made returns what is known about the collector that a call makes, a vector or
// a single metric.
func (r *Resolver) Made(call *ssa.CallCommon) (Collector, bool) {
	defer r.begin()()
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil || !makesCollector(fn) {
		return Collector{}, false
	}
	_, args := ssax.Receiver(call)
	if len(args) == 0 {
		return Collector{}, false
	}
	c := Collector{Auto: fn.Pkg().Path() == autoPath, Fixed: true}
	var parts []Part
	for _, field := range metriclib.NameOptions {
		p := r.optionText(args[0], field)
		parts = append(parts, p)
		c.Fixed = c.Fixed && p.known()
	}
	c.Name = nameOf(withoutEmpty(parts))
	if labels, state := option(args[0], "ConstLabels"); state != absent {
		c.Fixed = false
		c.PerInstance = state == stored && !ConstantMap(labels)
	}
	return c, true
}

// makesCollector reports whether fn makes a collector from its options.
func makesCollector(fn *types.Func) bool {
	switch fn.Pkg().Path() {
	case promPath, autoPath, kubePath:
	default:
		return false
	}
	switch ctxlib.ReceiverName(fn) {
	case "", "v2", "Factory":
	default:
		return false
	}
	name := strings.TrimSuffix(strings.TrimSuffix(fn.Name(), "Vec"), "Func")
	switch name {
	case "NewCounter", "NewGauge", "NewHistogram", "NewSummary", "NewUntyped":
		return true
	}
	return false
}

// ConstantMap reports whether all values that are put into the map v are
// constants. For a map that is made elsewhere, only updates through v are
// known.
func ConstantMap(v ssa.Value) bool {
	for {
		conv, ok := v.(*ssa.ChangeType)
		if !ok {
			break
		}
		v = conv.X
	}
	m, ok := v.(*ssa.MakeMap)
	if !ok {
		return true
	}
	for _, ref := range *m.Referrers() {
		if u, ok := ref.(*ssa.MapUpdate); ok {
			if _, ok := u.Value.(*ssa.Const); !ok {
				return false
			}
		}
	}
	return true
}
