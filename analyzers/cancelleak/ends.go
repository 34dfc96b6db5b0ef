package cancelleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// ends returns the instructions that end the context of s in its function: calls and
// defers of the cancel function, and calls of the group's Wait.
func (c *checker) ends(s *site, flow *mustcall.Flow) []ssa.Instruction {
	var out []ssa.Instruction
	for _, instr := range flow.Uses.Released {
		switch instr := instr.(type) {
		case *ssa.Defer:
			mc, closure := instr.Call.Value.(*ssa.MakeClosure)
			if s.kind != group && (!closure || callsAtOnce(mc, flow)) && instr.DeferStack == nil {
				out = append(out, instr)
			}
		case *ssa.Call:
			mc, closure := instr.Call.Value.(*ssa.MakeClosure)
			if !closure || callsAtOnce(mc, flow) {
				out = append(out, instr)
			}
		}
	}
	return out
}

// late is what a need tells about itself when it comes too late.
type late struct {
	x    *bound
	sure catalog.Confidence
	verb string // "is returned", …
}

// maxNeeds bounds the returns and calls that are looked at for one context. Others are
// not reported.
const maxNeeds = 100

// checkLate reports the first return or call that needs something bound to the context
// of s when that has ended on some path.
func (c *checker) checkLate(s *site, flow *mustcall.Flow, tree *boundTree, ends []ssa.Instruction) bool {
	about := make(map[mustcall.Need]late)
	var contexts, others []mustcall.Need
	add := func(n mustcall.Need, l late) {
		if _, known := about[n]; known || len(about) == maxNeeds {
			return
		}
		about[n] = l
		if l.x.plain || l.x.keeps {
			contexts = append(contexts, n)
		} else {
			others = append(others, n)
		}
	}
	c.returnsOf(s, tree, add)
	if slices.ContainsFunc(ends, isCall) {
		c.usesOf(s, tree, ends, add)
	}
	bindings := tree.bindings(s.Context)
	// A context that is already done when it is handed out may be made on purpose.
	purposely := func(instr ssa.Instruction) bool {
		return s.kind != group && isCall(instr) && (ssax.InTest(s.fn()) || !c.usedBefore(s, instr))
	}
	found := flow.NeededAfter(ends, others, bindings)
	found = append(found, flow.NeededAfter(slices.DeleteFunc(slices.Clone(ends), purposely), contexts, bindings)...)
	if len(found) == 0 {
		return false
	}
	first := slices.MinFunc(found, func(a, b mustcall.Late) int {
		if la, lb := about[a.Need], about[b.Need]; la.sure != lb.sure {
			return int(la.sure) - int(lb.sure)
		}
		return int(ssax.ExitPos(a.At) - ssax.ExitPos(b.At))
	})
	c.reportLate(s, first, about[first.Need])
	return true
}

func isCall(instr ssa.Instruction) bool { _, ok := instr.(*ssa.Call); return ok }

// returnsOf finds the returns that hand on something bound to the context of s.
func (c *checker) returnsOf(s *site, tree *boundTree, add func(mustcall.Need, late)) {
	for _, u := range tree.leavingWith(s.Context) {
		for _, instr := range c.leaving.with(s.fn(), u.value) {
			ret, ok := instr.(*ssa.Return)
			if !ok {
				continue
			}
			for i := range ret.Results {
				if x := tree.nodeOf(returned(ret, i)); x != nil && x.value == u.value && !closedBefore(u.value, ret) {
					add(mustcall.Need{At: ret, Value: u.value}, late{u, u.sure, "is returned"})
				}
			}
		}
	}
}

// usesOf finds the calls that need something bound to the context of s, unless the
// function has used it up before one of the ends.
func (c *checker) usesOf(s *site, tree *boundTree, ends []ssa.Instruction, add func(mustcall.Need, late)) {
	for _, i := range tree.boundTo(s.Context) {
		x := &tree.nodes[i]
		if x.value.Referrers() == nil || tree.usedUp(x, s, ends) {
			continue
		}
		for _, ref := range *x.value.Referrers() {
			call, ok := ref.(*ssa.Call)
			if !ok {
				continue
			}
			if verb, sure := c.use(s, tree, call, x); verb != "" {
				add(mustcall.Need{At: call, Value: x.value}, late{x, max(x.sure, sure), verb})
			}
		}
	}
}

// usedUp reports whether the function uses up what a node is before one of the ends,
// so that what it does afterwards is to clear away the rest.
func (t *boundTree) usedUp(x *bound, s *site, ends []ssa.Instruction) bool {
	return slices.ContainsFunc(t.done[x.origin], func(use ssa.Instruction) bool {
		return slices.ContainsFunc(ends, func(end ssa.Instruction) bool {
			return isCall(end) && ssax.ReachesWithout(use, end, s.Site)
		})
	})
}

// use says what a call does with a node for which its context has to go on, and how
// sure that is; nothing if it does not need it.
func (c *checker) use(s *site, tree *boundTree, call *ssa.Call, x *bound) (verb string, sure catalog.Confidence) {
	fn := ssax.Callee(&call.Call)
	switch t := x.value.Type(); {
	case ctxlib.IsNamedOrPointer(t, errgroupPath, "Group"):
		// To wait for its tasks is right then; that it is given another is told of the task.
	case x.plain:
		if need, sure := c.needs(&call.Call, x.value); need {
			return "is passed on", sure
		}
	case x.closure != nil:
		return c.useOfClosure(s, call, x)
	case x.reads || isFunc(t):
		if isFunc(t) && startsTask(s, call, x.value) {
			return "starts", catalog.High
		}
		if x.reads && !tree.keptBy(call) && readsAll(call, x.value) {
			return "is read", catalog.High
		}
	case isRequest(t):
		if keepsAny(fn) {
			return "is sent", catalog.High
		}
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Row"):
		return "is read", catalog.High
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Rows"):
		if fn != nil && fn.Name() == "Next" {
			return "is read", catalog.High
		}
	case ctxlib.IsNamedOrPointer(t, "database/sql", "Tx"):
		if fn != nil && fn.Name() != "Rollback" {
			return "is used", catalog.High
		}
	case ctxlib.IsNamedOrPointer(t, "os/exec", "Cmd"):
		if ctxlib.IsMethod(fn, "os/exec", "Cmd", "Start", "Run", "Output", "CombinedOutput") {
			return "is started", catalog.High
		}
	case ctxlib.IsNamedOrPointer(t, "net/http", "Client"):
		if fn != nil && fn.Name() != "CloseIdleConnections" {
			return "is used", catalog.High
		}
	}
	return "", 0
}

// useOfClosure is [checker.use] for a closure over a context: it is called, or given
// to the group as a task.
func (c *checker) useOfClosure(s *site, call *ssa.Call, x *bound) (string, catalog.Confidence) {
	switch {
	case startsTask(s, call, x.value):
		return "starts", catalog.High
	case call.Call.Value == x.value && x.closure.Fn.(*ssa.Function).Signature.Results().Len() < 2 && !returnsFunc(call):
		if c.closureLife(x.closure, func(ssa.Value) bool { return true }).needs {
			return "is called", catalog.High
		}
		return "is called", catalog.Medium
	}
	return "", 0
}

func returnsFunc(call *ssa.Call) bool {
	results := call.Call.Signature().Results()
	return results.Len() == 1 && isFunc(results.At(0).Type())
}

func isFunc(t types.Type) bool { _, ok := t.Underlying().(*types.Signature); return ok }

func isRequest(t types.Type) bool { return ctxlib.IsNamedOrPointer(t, "net/http", "Request") }

// keepsAny reports whether a function is one of [ctxlib.Keeps] that takes a request.
func keepsAny(fn *types.Func) bool {
	k, ok := ctxlib.Keeps(fn)
	return ok && !k.TakesContext
}

// startsTask reports whether a call gives v, a function, to the group of s as a task.
func startsTask(s *site, call *ssa.Call, v ssa.Value) bool {
	return s.kind == group && slices.Contains(call.Call.Args, v) && ctxlib.IsMethod(ssax.Callee(&call.Call), errgroupPath, "Group", "Go", "TryGo")
}

// readsAll reports whether a call of the standard library reads what it gets, and not
// only to throw it away.
func readsAll(call *ssa.Call, v ssa.Value) bool {
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	recv, args := ssax.Receiver(&call.Call)
	switch fn.Pkg().Path() {
	case "io":
		if recv != nil {
			return recv == v && fn.Name() == "Read"
		}
		if g, ok := ssax.LoadedFrom(ssax.Strip(args[0])).(*ssa.Global); ok && g.Name() == "Discard" {
			return false
		}
		return slices.Contains(args, v)
	case "bufio", "encoding/json", "encoding/xml", "encoding/csv":
		return recv == v
	}
	return false
}
