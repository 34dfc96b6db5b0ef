package labelcardinality

import (
	goconstant "go/constant"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// vectorOf returns the variable or field that holds the vector whose method is
// called, nil if there is none.
func vectorOf(common *ssa.CallCommon) types.Object {
	recv := ssax.Explicit(common, -1)
	for {
		switch v := recv.(type) {
		case *ssa.UnOp:
			recv = v.X
		case *ssa.FieldAddr:
			if named := typename.Of(v.X.Type()); named != nil && named.Obj().Pkg() != nil && metriclib.IsLibrary(named.Obj().Pkg().Path()) {
				recv = v.X // the part of a vector that it embeds
				continue
			}
			return place(ssax.FieldOf(v))
		case *ssa.Field:
			return place(ssax.FieldOf(v))
		case *ssa.Global:
			return v.Object()
		case *ssa.Call: // vec.MustCurryWith(…).WithLabelValues(…)
			if v.Call.IsInvoke() || len(v.Call.Args) == 0 || v.Call.Signature().Recv() == nil {
				return nil
			}
			recv = v.Call.Args[0]
		default:
			return nil
		}
	}
}

// place returns the field f, nil if there is none.
func place(f *types.Var) types.Object {
	if f == nil {
		return nil
	}
	return f
}

// deleting returns the vectors some of whose series the package deletes. Whether it
// deletes all of them in time is not the question of whether labels are bounded.
func deleting(funcs []*ssa.Function) map[types.Object]bool {
	tidy := make(map[types.Object]bool)
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				if callee := ssax.Callee(call.Common()); callee != nil && deletes(callee) {
					if v := vectorOf(call.Common()); v != nil {
						tidy[v] = true
					}
				}
			}
		}
	}
	return tidy
}

// deletes reports whether fn deletes series of a vector.
func deletes(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Signature().Recv() != nil && (strings.HasPrefix(fn.Name(), "Delete") || fn.Name() == "Reset") && metriclib.IsLibrary(fn.Pkg().Path())
}

// isTidy reports whether series of a call's vector are deleted somewhere.
func (c *checker) isTidy(common *ssa.CallCommon) bool {
	v := vectorOf(common)
	if v == nil || v.Pkg() == nil {
		return false
	}
	return c.tidy[v] || v.Pkg() != c.pass.Pkg && c.pass.ImportObjectFact(v, new(tidyFact))
}

// metricOf returns the name of the metric of a call, or that of the variable or
// field that holds it, and the names of its labels if they are known.
func (c *checker) metricOf(common *ssa.CallCommon) (name string, labels []string) {
	if use, ok := vectors.UseOf(common); ok {
		if v, ok := c.vectors.Vector(use.Vector); ok {
			if !use.ByName {
				labels = v.Labels
			}
			if v.Name != "" {
				return v.Name, labels
			}
		}
	}
	if v := vectorOf(common); v != nil {
		name = v.Name()
	}
	return name, labels
}

// constrained reports whether the vector of a call was made with constraints on its
// labels (prometheus.V2).
func (c *checker) constrained(common *ssa.CallCommon) bool {
	recv := ssax.Explicit(common, -1)
	if recv == nil || typename.Of(recv.Type()) == nil {
		return false
	}
	for _, call := range c.index.Constructors(recv) {
		if fn := ssax.Callee(&call.Call); fn != nil && fn.Signature().Recv() != nil {
			if named := typename.Of(fn.Signature().Recv().Type()); named != nil && named.Obj().Name() == "v2" {
				return true
			}
		}
	}
	return false
}

// constant returns the string that k is, "" if it is none.
func constant(k *ssa.Const) string {
	if k.Value != nil && k.Value.Kind() == goconstant.String {
		return goconstant.StringVal(k.Value)
	}
	return ""
}
