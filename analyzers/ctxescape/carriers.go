package ctxescape

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// carried is a parameter that is of no use when the handler has returned.
type carried struct {
	fn    *ssa.Function
	param *ssa.Parameter
	row   web.Framework
	body  bool // only the body of the request
}

// carriersOf returns the parameters of fn that a framework reuses or ends.
func carriersOf(fn *ssa.Function) (found []carried) {
	for _, p := range fn.Params {
		if f, ok := web.Reused(p.Type()); ok {
			found = append(found, carried{fn, p, f, false})
		} else if isRequest(p.Type()) && web.IsRequest(p.Object().(*types.Var), fn.Signature.Params()) {
			found = append(found, carried{fn, p, f, true})
		}
	}
	return found
}

// checkCarriers reports goroutines that use such a parameter and may do so after the
// handler has returned.
func (c *checker) checkCarriers(fn *ssa.Function) {
	for _, p := range carriersOf(fn) {
		if !p.body {
			c.checkStored(&request{fn: fn, param: p.param, whole: c.isServed(fn)}, p.param, categoryCarrier)
		}
		eachFunc(fn, func(in *ssa.Function) {
			for _, b := range in.Blocks {
				for _, instr := range b.Instrs {
					if start, ok := instr.(*ssa.Go); ok && !c.reported[start] {
						c.checkCarrier(p, start)
					}
				}
			}
		})
	}
}

func (c *checker) checkCarrier(p carried, start *ssa.Go) {
	use := c.useOf(p, start)
	switch {
	case use == nil:
		c.silent(categoryCarrier, start, notSeenUsed)
		return
	case !c.joins.Unjoined(start, p.fn):
		c.silent(categoryCarrier, start, waitedFor)
		return
	}
	c.reported[start] = true
	c.report.ReportFinding(diag.Finding{Diagnostic: analysis.Diagnostic{
		Pos: start.Pos(), End: start.Pos() + token.Pos(len("go")),
		Category:       categoryCarrier,
		Message:        p.message(),
		Related:        []analysis.RelatedInformation{{Pos: use.Pos(), Message: "uses it"}, {Pos: p.fn.Pos(), Message: "the handler"}},
		SuggestedFixes: c.copyFix(p, start),
	}})
}

func (p carried) message() string {
	name := p.param.Name()
	switch {
	case p.body:
		return fmt.Sprintf("this goroutine reads the body of %s, which the server closes when the handler returns, and nothing waits for it; read the body first", name)
	case p.row.Copy != "":
		return fmt.Sprintf("this goroutine uses %s, which is reused for another request when the handler returns, and nothing waits for it; give it %s.Copy()", name, name)
	case p.row.Reuse == "reused":
		return fmt.Sprintf("this goroutine uses %s, which is reused for another request when the handler returns, and nothing waits for it; copy what it needs first", name)
	}
	return fmt.Sprintf("this goroutine uses %s, which is invalid when the handler returns, and nothing waits for it; wait for it", name)
}

// useOf returns an instruction by which a goroutine uses the parameter, or nil.
func (c *checker) useOf(p carried, start *ssa.Go) ssa.Instruction {
	for i, arg := range start.Call.Args {
		if !p.body && ssax.Only(arg) == p.param && c.usesParam(&start.Call, i) {
			return start
		}
	}
	body := ssax.Body(ssax.Target(start.Call.Value))
	if body == nil || body.Parent() == nil {
		return nil
	}
	var use ssa.Instruction
	eachFunc(body, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if use == nil && p.usedBy(instr) {
					use = instr
				}
			}
		}
	})
	return use
}

// usesParam reports whether the function that a goroutine runs may use argument i.
func (c *checker) usesParam(call *ssa.CallCommon, i int) bool {
	body := ssax.Body(ssax.Target(call.Value))
	if body == nil || call.IsInvoke() || len(body.Params) != len(call.Args) {
		return true
	}
	return len(*body.Params[i].Referrers()) > 0
}

// usedBy reports whether an instruction in a goroutine uses the parameter: calls a
// method of it, takes a part of it, or hands it on.
func (p carried) usedBy(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		if p.body {
			return ssax.FieldOf(instr).Name() == "Body" && ssax.Only(instr.X) == p.param
		}
		return ssax.Only(instr.X) == p.param
	case ssa.CallInstruction:
		call := instr.Common()
		if p.body {
			fn := ssax.Callee(call)
			recv, _ := ssax.Receiver(call)
			return recv != nil && ssax.Only(recv) == p.param && ctxlib.IsMethod(fn, "net/http", "Request", "ParseForm", "ParseMultipartForm", "FormValue", "PostFormValue", "FormFile", "MultipartReader")
		}
		if call.IsInvoke() && ssax.Only(call.Value) == p.param {
			return true
		}
		for _, arg := range call.Args {
			if ssax.Only(arg) == p.param {
				return true
			}
		}
	}
	return false
}
