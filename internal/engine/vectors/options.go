package vectors

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// optionState says what is known about a field of an options struct.
type optionState uint8

const (
	unknownOption optionState = iota
	absent                    // it has its zero value
	stored                    // it is what is stored in one place
)

// option returns the value of a field of v, an options struct or a pointer to
// one, as set by composite literals and assignments.
func option(v ssa.Value, field string) (ssa.Value, optionState) {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return option(v.X, field)
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			return option(alloc, field)
		}
	case *ssa.Const:
		return nil, absent
	case *ssa.Alloc:
		return optionAt(v, field)
	}
	return nil, unknownOption
}

// optionAt is option for the struct at addr.
func optionAt(addr ssa.Value, field string) (ssa.Value, optionState) {
	var values []ssa.Value
	var whole []ssa.Value
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				whole = append(whole, ref.Val)
			}
		case *ssa.FieldAddr:
			f := ssax.FieldOf(ref)
			switch {
			case f == nil:
			case f.Name() == field:
				for _, st := range ssax.StoresTo(ref) {
					values = append(values, st.Val)
				}
			case f.Embedded():
				v, state := optionAt(ref, field)
				switch state {
				case stored:
					values = append(values, v)
				case unknownOption:
					return nil, unknownOption
				}
			}
		}
	}
	switch {
	case len(values) == 1:
		return values[0], stored
	case len(values) == 0 && len(whole) == 0:
		return nil, absent
	case len(values) == 0 && len(whole) == 1:
		return option(whole[0], field)
	}
	return nil, unknownOption
}

// optionText returns the value of a string field of an options struct.
func (r *Resolver) optionText(v ssa.Value, field string) Part {
	if p, ok := parameter(v); ok {
		return Part{Param: slices.Index(p.Parent().Params, p) + 1, Field: field}
	}
	switch v, state := option(v, field); state {
	case stored:
		return r.text(v)
	case absent:
		return Part{}
	}
	return Part{Any: true}
}

// parameter returns the parameter whose value v, a struct or a pointer to one,
// has unchanged.
func parameter(v ssa.Value) (*ssa.Parameter, bool) {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v, true
	case *ssa.ChangeType:
		return parameter(v.X)
	}
	return nil, false
}
