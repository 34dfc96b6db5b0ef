package goroutineleak

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// checkEarlyEnd reports a pipe whose reader may stop at an error, or before the end, while
// the writer has more: nothing closes the reader then, so that the next write waits forever.
func (c *checker) checkEarlyEnd(pipe *ssa.Call, r, w ssa.Value) {
	reader, writer := c.endOf(r), c.endOf(w)
	if reader.unknown || writer.unknown || ssax.InTest(pipe.Parent()) || c.writesIn(writer) < many {
		return
	}
	stops := reader.firstRead(perhapsLess)
	site := c.startedFrom(pipe, w, writer)
	if stops == nil || site == nil && c.startedFrom(pipe, r, reader) == nil {
		return
	}
	related := []analysis.RelatedInformation{
		{Pos: pipe.Pos(), Message: "the pipe is made here; it has no buffer"},
		{Pos: stops.Pos(), Message: "this may leave what comes after an error unread"},
	}
	if len(reader.closes) > 0 || reader.firstRead(toTheEnd) != nil {
		exit := c.leavesUnread(pipe, site, reader)
		if exit == nil {
			return
		}
		related = append(related, analysis.RelatedInformation{Pos: ssax.ExitPos(exit), Message: "this path leaves without closing the reader"})
	}
	what, pos := "this goroutine", writer.all()[0].Pos()
	if site != nil {
		pos = site.Pos()
	} else {
		what = "this write"
	}
	c.foundWith(catalog.Medium, analysis.Diagnostic{
		Pos: pos, Category: blockedSend, Related: related,
		Message: fmt.Sprintf("%s blocks forever when what reads from the pipe stops at an error, because nothing closes the reader then; close it, with the error", what),
	})
}

// firstRead returns the first call that reads in the given way, nil if there is none.
func (e *pipeEnd) firstRead(way reading) ssa.CallInstruction {
	all := e.all()
	if i := slices.IndexFunc(all, func(use ssa.CallInstruction) bool { return readsOf(use) == way }); i >= 0 {
		return all[i]
	}
	return nil
}

// leavesUnread returns a return of the function that makes the pipe and reads from it to
// which control may get after an error of what reads, while the goroutine that site starts
// writes; nil if each such way closes the reader, or reads the rest.
func (c *checker) leavesUnread(pipe *ssa.Call, site ssa.Instruction, reader *pipeEnd) (exit *ssa.Return) {
	fn := pipe.Parent()
	elsewhere := func(call ssa.CallInstruction) bool { return call.Parent() != fn && !defersIn(fn, call.Parent()) }
	if site == nil || slices.ContainsFunc(reader.all(), elsewhere) || slices.ContainsFunc(reader.closes, elsewhere) {
		return nil
	}
	step := func(instr ssa.Instruction, n int) (int, bool) {
		if call, ok := instr.(ssa.CallInstruction); ok && (closesEnd(reader, call) || slices.Contains(reader.all(), call) && readsOf(call) == toTheEnd) {
			return n, true
		}
		if concurrency.Ends(instr) || c.failsTest(instr) || instr == ssa.Instruction(pipe) {
			return n, true
		}
		ret, ok := instr.(*ssa.Return)
		if ok && n > 0 && (exit == nil || ssax.ExitPos(ret) < ssax.ExitPos(exit)) {
			exit = ret
		}
		return n, ok
	}
	cross := func(e ssax.Edge, n int) (int, bool) {
		if isFailure(e) {
			if read, _ := reader.failed(e); read != nil && readsOf(read) == perhapsLess {
				n = 1
			}
		}
		return n, false
	}
	if !c.pkg.Walk(fn, site, 0, &concurrency.Walk{Step: step, Cross: cross}) {
		return nil
	}
	return exit
}

// startedFrom returns what starts the goroutine that has an end of the pipe, nil if no
// goroutine has it.
func (c *checker) startedFrom(pipe *ssa.Call, end ssa.Value, does *pipeEnd) ssa.Instruction {
	sites := slices.Clone(c.pkg.Held(end).Sites(pipe.Parent()))
	for _, use := range does.all() {
		if use.Parent() == pipe.Parent() {
			sites = append(sites, use)
		}
	}
	if i := slices.IndexFunc(sites, concurrency.Starts); i >= 0 {
		return sites[i]
	}
	return nil
}

// Whether a call reads all that comes through a pipe.
type reading int

const (
	asItLikes   reading = iota // it is not known
	toTheEnd                   // it can fail only when the pipe does
	perhapsLess                // it stops when something else fails
)

// readsOf returns how a call reads from a pipe that it is given.
func readsOf(call ssa.CallInstruction) reading {
	fn := ssax.Callee(call.Common())
	switch fn.Pkg().Path() {
	case "io":
		switch fn.Name() {
		case "Copy", "CopyBuffer":
			if neverFails(call.Common().Args[0]) {
				return toTheEnd
			}
			return perhapsLess
		}
		return toTheEnd // ReadAll, and what is not known to leave anything
	case "bufio", "fmt":
		return toTheEnd
	}
	if ctxlib.IsMethod(fn, "io", "PipeReader", "Read") || call.Common().IsInvoke() {
		return toTheEnd // what the loop around it does is not looked at
	}
	return perhapsLess
}

// neverFails reports whether a write to w is not expected to fail.
func neverFails(w ssa.Value) bool {
	if g, ok := ssax.LoadedFrom(w).(*ssa.Global); ok {
		return g.Pkg.Pkg.Path() == "io" || g.Pkg.Pkg.Path() == "os"
	}
	made, ok := w.(*ssa.MakeInterface)
	if !ok {
		return false
	}
	if g, ok := ssax.LoadedFrom(made.X).(*ssa.Global); ok && g.Pkg.Pkg.Path() == "os" {
		return true
	}
	switch ctxlib.TypeName(made.X.Type()) {
	case "bytes.Buffer", "strings.Builder":
		return true
	}
	return false
}

// writesIn returns how many writes there may be, at most many: a copy, a call in a loop and
// a writer around the end make as many as they like, and all others one.
func (c *checker) writesIn(writer *pipeEnd) (n int) {
	for _, use := range writer.all() {
		fn := ssax.Callee(use.Common())
		switch {
		case c.pkg.Loops(use.Parent()).Around(use.Block()) != nil, slices.Contains(writer.foreign, use):
			return many
		case fn.Pkg().Path() == "io" && (fn.Name() == "Copy" || fn.Name() == "CopyBuffer"):
			return many
		case use.Value() != nil && c.calledInLoop(use.Value()):
			return many
		}
		n++
	}
	return n
}

// calledInLoop reports whether a method of a value is called in a loop.
func (c *checker) calledInLoop(v ssa.Value) bool {
	return v.Referrers() != nil && slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(ssa.CallInstruction)
		return ok && c.pkg.Loops(call.Parent()).Around(call.Block()) != nil
	})
}

// checkLastWord reports a call that reads a pipe to the end while the function that writes
// may leave, mostly with an error, without closing its end.
func (c *checker) checkLastWord(pipe *ssa.Call, r, w ssa.Value) {
	reader, writer := c.endOf(r), c.endOf(w)
	if !reader.known() || !writer.known() || len(reader.closes) > 0 || len(writer.uses) == 0 || ssax.InTest(pipe.Parent()) {
		return
	}
	fn := writer.uses[0].Parent()
	elsewhere := func(call ssa.CallInstruction) bool { return call.Parent() != fn && !defersIn(fn, call.Parent()) }
	if slices.ContainsFunc(writer.uses, elsewhere) || slices.ContainsFunc(writer.closes, elsewhere) ||
		c.startedFrom(pipe, r, reader) == nil && (fn == pipe.Parent() || len(writer.closes) == 0) { // which checkWriter reports
		return
	}
	exit := c.leavesOpen(fn, pipe, c.startedFrom(pipe, r, reader), writer)
	if exit == nil {
		return
	}
	who := functionName(fn)
	if fn != pipe.Parent() && fn.Parent() != nil {
		who = "the goroutine that writes"
	}
	for _, use := range reader.uses {
		callee := ssax.Callee(use.Common())
		if !ctxlib.IsFunc(callee, "io", "ReadAll") && !ctxlib.IsFunc(callee, "io", "Copy") || use.Parent() == fn && !concurrency.Starts(use) {
			continue
		}
		c.found(analysis.Diagnostic{
			Pos: use.Pos(), Category: blockedRecv,
			Message: fmt.Sprintf("%s waits forever for the end of the pipe when %s leaves without closing the writer; close it on every way out, with the error", callee.Name(), who),
			Related: []analysis.RelatedInformation{
				{Pos: pipe.Pos(), Message: "the pipe is made here"},
				{Pos: ssax.ExitPos(exit), Message: "this path leaves without closing the writer"},
			},
		})
	}
}

// defersIn reports whether fn defers a literal.
func defersIn(fn, lit *ssa.Function) bool {
	return lit.Parent() == fn && ssax.Any(fn, func(instr ssa.Instruction) bool {
		d, ok := instr.(*ssa.Defer)
		return ok && ssax.Static(&d.Call) == lit
	})
}

// leavesOpen returns a return of the function that writes to which control may get without
// a close of the writer; nil if there is none. A write fails only when the reader is
// closed, and nothing closes that.
func (c *checker) leavesOpen(fn *ssa.Function, pipe *ssa.Call, start ssa.Instruction, writer *pipeEnd) (exit *ssa.Return) {
	if fn != pipe.Parent() {
		start = nil // from its beginning
	}
	step := func(instr ssa.Instruction, n int) (int, bool) {
		if call, ok := instr.(ssa.CallInstruction); ok && closesEnd(writer, call) || concurrency.Ends(instr) || c.failsTest(instr) || instr == ssa.Instruction(pipe) {
			return 0, true
		}
		ret, ok := instr.(*ssa.Return)
		if ok && (exit == nil || ssax.ExitPos(ret) < ssax.ExitPos(exit)) {
			exit = ret
		}
		return n, ok
	}
	cross := func(e ssax.Edge, n int) (int, bool) { return n, isFailure(e) && writer.neverFailing(e) }
	if !c.pkg.Walk(fn, start, 0, &concurrency.Walk{Step: step, Cross: cross}) {
		return nil
	}
	return exit
}

// closesEnd reports whether a call closes the end, itself or in a literal that it defers.
func closesEnd(end *pipeEnd, call ssa.CallInstruction) bool {
	lit := ssax.Static(call.Common())
	return slices.ContainsFunc(end.closes, func(c ssa.CallInstruction) bool { return c == call || lit != nil && c.Parent() == lit })
}

// neverFailing reports whether an edge is for the error of a write to the end, or of a
// writer around it; a copy may also fail because of what it reads.
func (e *pipeEnd) neverFailing(edge ssax.Edge) bool {
	call, around := e.failed(edge)
	if call == nil {
		return false
	}
	fn := ssax.Callee(call.Common())
	return around || !ctxlib.IsFunc(fn, "io", "Copy") && !ctxlib.IsFunc(fn, "io", "CopyBuffer") && !ctxlib.IsFunc(fn, "io", "CopyN")
}

// failed returns the call with the end whose error an edge is for, and whether that is the
// error of a reader or writer which the call has made around the end; nil for others.
func (e *pipeEnd) failed(edge ssax.Edge) (call ssa.CallInstruction, around bool) {
	from := callOf(ssax.BranchOf(edge.From).Cond.(*ssa.BinOp).X)
	if from == nil {
		return nil, false
	}
	if recv, _ := ssax.Receiver(&from.Call); recv != nil {
		if made := callOf(recv); made != nil && slices.Contains(e.all(), ssa.CallInstruction(made)) {
			return made, true
		}
	}
	if slices.Contains(e.all(), ssa.CallInstruction(from)) {
		return from, false
	}
	return nil, false
}
