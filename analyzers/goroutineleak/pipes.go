package goroutineleak

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// checkPipes reports pipes of which one end is left: a goroutine that writes and whose
// reader goes away before it has read anything or closed its end, and a reader that
// waits for the end although the writer never closes.
func (c *checker) checkPipes(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if ok {
				c.checkCommandPipe(call)
			}
			if !ok || !ctxlib.IsFunc(ssax.Callee(&call.Call), "io", "Pipe") || c.pkg.LivesOn(call) {
				continue
			}
			r, w := ssax.Result(call, 0), ssax.Result(call, 1)
			if r != nil && w != nil {
				c.checkReader(call, r, w)
				c.checkWriter(call, r, w)
				c.checkLastWord(call, r, w)
				c.checkEarlyEnd(call, r, w)
			}
		}
	}
}

// checkReader reports a goroutine that writes while its reader leaves before anything has
// been done with the other end.
func (c *checker) checkReader(pipe *ssa.Call, r, w ssa.Value) {
	reader, writer := c.pkg.Held(r), c.pkg.Held(w)
	var sites []ssa.Instruction
	touched := append(slices.Clone(reader.Leaks), reader.Sites(pipe.Parent())...)
	for _, leak := range writer.Leaks {
		if leak.Parent() == pipe.Parent() {
			touched = append(touched, leak)
		}
	}
	for _, site := range writer.Sites(pipe.Parent()) {
		if concurrency.Starts(site) {
			sites = append(sites, site)
		} else {
			touched = append(touched, site)
		}
	}
	if len(sites) == 0 || reader.Unknown && len(reader.Leaks) == 0 || writer.Unknown && len(writer.Leaks) == 0 || len(c.endOf(w).uses) == 0 {
		return
	}
	// A loop that reads is taken to run: whether there is something to read is rarely
	// decided where it begins.
	for _, instr := range touched {
		for loop := c.pkg.Loops(instr.Parent()).Around(instr.Block()); loop != nil && !loop.Contains(pipe); loop = loop.Parent {
			touched = append(touched, loop.Header.Instrs[0])
		}
	}
	var exit *ssa.Return
	step := func(instr ssa.Instruction, n int) (int, bool) {
		switch i := slices.Index(sites, instr); {
		case instr == ssa.Instruction(pipe) || slices.Contains(touched, instr) || c.waits(instr) || c.failsTest(instr) || concurrency.Ends(instr):
			return 0, true
		case i >= 0 && n == 0:
			return i + 1, false
		}
		ret, ok := instr.(*ssa.Return)
		if ok && n > 0 && !slices.Contains(reader.Returns, ret) && (exit == nil || ssax.ExitPos(ret) < ssax.ExitPos(exit)) {
			exit = ret
		}
		return n, ok
	}
	switch {
	case !c.pkg.Walk(pipe.Parent(), pipe, 0, &concurrency.Walk{Step: step}):
		return
	case exit == nil:
		c.silent(blockedSend, sites[0], pipeRead)
		return
	}
	c.found(analysis.Diagnostic{
		Pos: sites[0].Pos(), Category: blockedSend,
		Message: fmt.Sprintf("this goroutine blocks forever in its first write when %s leaves without reading from the pipe; close the reader when leaving", functionName(pipe.Parent())),
		Related: []analysis.RelatedInformation{
			{Pos: pipe.Pos(), Message: "the pipe is made here; it has no buffer"},
			{Pos: ssax.ExitPos(exit), Message: "this path leaves without reading or closing"},
		},
	})
}

// checkWriter reports a call that reads a pipe to its end, which never comes because
// nothing closes the writer.
func (c *checker) checkWriter(pipe *ssa.Call, r, w ssa.Value) {
	writer, reader := c.endOf(w), c.endOf(r)
	if !writer.known() || len(writer.closes) > 0 || len(writer.uses) == 0 || !reader.known() || len(reader.closes) > 0 {
		return
	}
	for _, use := range writer.uses {
		if c.pkg.Endless(use.Parent()) != nil {
			return
		}
	}
	for _, use := range reader.uses {
		fn := ssax.Callee(use.Common())
		if !ctxlib.IsFunc(fn, "io", "ReadAll") && !ctxlib.IsFunc(fn, "io", "Copy") {
			continue
		}
		c.found(analysis.Diagnostic{
			Pos: use.Pos(), Category: blockedRecv,
			Message: fmt.Sprintf("%s waits forever for the end of the pipe, because nothing closes the writer; close it after the last write", fn.Name()),
			Related: []analysis.RelatedInformation{
				{Pos: pipe.Pos(), Message: "the pipe is made here"},
				{Pos: writer.uses[0].Pos(), Message: "this writes, and nothing closes the writer afterwards"},
			},
		})
	}
}
