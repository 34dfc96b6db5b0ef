package taint

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// outside records the result of a call that asks what there is outside the program. The
// addresses of the process itself are fixed.
func (w *walk) outside(v *ssa.Call, c metriclib.Category, st state) {
	if !slices.ContainsFunc(v.Call.Args, isOwnHost) {
		st.author = Outside
		w.source(v, c, st)
	}
}

// isOwnHost reports whether v is a name of the host that the process runs on.
func isOwnHost(v ssa.Value) bool {
	switch v := ssax.Only(v).(type) {
	case *ssa.Const:
		return stringOf(v) == "localhost"
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && ctxlib.IsFunc(ssax.Callee(&call.Call), "os", "Hostname")
	}
	return false
}

// column records the variable or field at addr, which v reads, if the key of a row of a
// database is copied there.
func (w *walk) column(addr, v ssa.Value, st state) {
	if scan, i := scannedInto(addr); scan != nil && isKey(scan, i) {
		st.author = Outside
		w.source(v, metriclib.ID, st)
	}
}

// scannedInto returns the call that copies a column of a row to addr, and the number of the
// column. It is nil if there is none.
func scannedInto(addr ssa.Value) (scan *ssa.Call, column int) {
	for _, ref := range *addr.Referrers() {
		boxed, ok := ref.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for _, ref := range *boxed.Referrers() {
			st, ok := ref.(*ssa.Store)
			if !ok {
				continue
			}
			for _, args := range ssax.SlicesOf(st) {
				for _, ref := range *args.Referrers() {
					call, ok := ref.(*ssa.Call)
					index, known := st.Addr.(*ssa.IndexAddr).Index.(*ssa.Const)
					if ok && known && metriclib.Scans(ssax.Callee(&call.Call)) {
						return call, int(index.Int64())
					}
				}
			}
		}
	}
	return nil, 0
}

// isKey reports whether the column of the rows that scan reads is the key, according to the
// statement that has asked for them.
func isKey(scan *ssa.Call, column int) bool {
	rows := ssax.Only(ssax.Explicit(&scan.Call, -1))
	if first, ok := rows.(*ssa.Extract); ok {
		rows = first.Tuple
	}
	query, ok := rows.(*ssa.Call)
	if !ok {
		return false
	}
	for _, arg := range query.Call.Args {
		if statement, ok := ssax.Only(arg).(*ssa.Const); ok && metriclib.IsKey(stringOf(statement), column) {
			return true
		}
	}
	return false
}
