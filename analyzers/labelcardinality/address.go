package labelcardinality

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// isHost reports whether a finding is about the host of a peer, without the port: then
// there is a series for each client and not for each connection, and a service may know
// its clients.
func (c *checker) isHost(f *finding) bool {
	return f.origin.Source.Category == metriclib.Address && c.comesFromSplit(f.use.value)
}

// comesFromSplit reports whether v may be the host that net.SplitHostPort has found in an
// address, if only beside the address itself for when it fails.
func (c *checker) comesFromSplit(v ssa.Value) bool {
	work := ssax.NewWork(v)
	results := func(call *ssa.Call, i int) {
		if fn := c.index.FuncOf(call.Call.Value); fn != nil && !call.Call.IsInvoke() {
			for _, ret := range ssax.Returns(fn) {
				work.Add(ret.Results[i])
			}
		}
	}
	stored := func(stores []*ssa.Store) {
		for _, st := range stores {
			work.Add(st.Val)
		}
	}
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Phi:
			work.Add(v.Edges...)
		case *ssa.UnOp:
			if cell, ok := ssax.Variable(v.X); ok {
				stored(ssax.StoresTo(cell))
			}
			stored(c.index.FieldStores(ssax.FieldOf(v.X)))
		case *ssa.Field:
			stored(c.index.FieldStores(ssax.FieldOf(v)))
		case *ssa.Call:
			if v.Call.Signature().Results().Len() == 1 {
				results(v, 0)
			}
			if fn := ssax.Callee(&v.Call); fn != nil {
				if _, carries := metriclib.Carries(fn); carries {
					work.Add(v.Call.Args...)
				}
			}
		case *ssa.Extract:
			call, ok := v.Tuple.(*ssa.Call)
			if !ok {
				continue
			}
			if ctxlib.IsFunc(ssax.Callee(&call.Call), "net", "SplitHostPort") {
				return v.Index == 0
			}
			results(call, v.Index)
		}
	}
	return false
}
