package selectdefault

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// carriesError reports whether values of type t are errors, or structs with a
// field for one.
func carriesError(t types.Type) bool {
	if ctxlib.IsError(t) {
		return true
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if ctxlib.IsError(f.Type()) {
			return true
		}
	}
	return false
}

func chanElem(t types.Type) types.Type {
	if ch, ok := t.Underlying().(*types.Chan); ok {
		return ch.Elem()
	}
	return t
}

// carriesOn reports whether the default clause does nothing about the error it
// did not find: it is empty, goes on with the loop, or returns without one.
func (c *checker) carriesOn(s *statement) bool {
	clause := s.defaultClause()
	if clause == nil {
		return false
	}
	switch len(clause.Body) {
	case 0:
		return true
	case 1:
		switch stmt := clause.Body[0].(type) {
		case *ast.ReturnStmt:
			return c.returnsNoError(stmt)
		case *ast.BranchStmt:
			return stmt.Tok == token.BREAK || stmt.Tok == token.CONTINUE
		}
	}
	return false
}

// returnsNoError reports whether the statement returns nil for an error, or has
// no results.
func (c *checker) returnsNoError(ret *ast.ReturnStmt) bool {
	if len(ret.Results) == 0 {
		return true
	}
	last := ret.Results[len(ret.Results)-1]
	return c.pass.TypesInfo.Types[last].IsNil()
}

// becomesError reports whether the text of an error is received in a case: it is made
// into one.
func (s *statement) becomesError(state int) bool {
	for _, ref := range *s.Select.Select.Referrers() {
		x, ok := ref.(*ssa.Extract)
		if ok && x.Index == s.received(state) && ofErrorText(x) {
			return true
		}
	}
	return false
}

// ofErrorText reports whether a string is given to errors.New or fmt.Errorf.
func ofErrorText(text ssa.Value) bool {
	for _, ref := range *text.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Call:
			if ctxlib.IsFunc(ssax.Callee(&ref.Call), "errors", "New") {
				return true
			}
		case *ssa.MakeInterface:
			if isArgumentOfErrorf(ref) {
				return true
			}
		}
	}
	return false
}

// isArgumentOfErrorf reports whether v is one of the values that fmt.Errorf formats.
func isArgumentOfErrorf(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			continue
		}
		for _, list := range ssax.SlicesOf(st) {
			for _, use := range *list.Referrers() {
				if call, ok := use.(*ssa.Call); ok && ctxlib.IsFunc(ssax.Callee(&call.Call), "fmt", "Errorf") {
					return true
				}
			}
		}
	}
	return false
}
