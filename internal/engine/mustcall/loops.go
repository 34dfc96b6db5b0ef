package mustcall

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// enterLoops treats a loop that does something with the obligation in every
// iteration as if it did so on entry: code that ranges over a list of listeners
// and gives each the cancel function is not told that the list may be empty.
func (f *Flow) enterLoops() {
	if f.o.Site == nil {
		return
	}
	site := f.o.Site.Block()
	g := f.p.graphOf(site.Parent())
	entered := make(map[ssa.Instruction]bool)
	for instr, effs := range f.effects {
		for _, e := range effs {
			if e.kind == discharge {
				g.loopsThatRun(instr.Block(), site, entered)
				break
			}
		}
	}
	for instr := range entered {
		f.effects[instr] = append(f.effects[instr], effect{anyHolder, discharge})
	}
}

// loopsThatRun adds, to headers, the last instruction of the header of each
// loop that runs b in every iteration that ends. A loop that contains the site
// itself does not count.
func (g *graph) loopsThatRun(b, site *ssa.BasicBlock, headers map[ssa.Instruction]bool) {
	if g.loops == nil {
		g.loops = ssax.LoopsOf(g.fn)
	}
	for loop := g.loops.Around(b); loop != nil; loop = loop.Parent {
		if loop.Header == b || loop.Blocks[site] {
			continue
		}
		if slices.ContainsFunc(loop.Header.Preds, func(latch *ssa.BasicBlock) bool { return loop.Blocks[latch] && b.Dominates(latch) }) {
			headers[loop.Header.Instrs[len(loop.Header.Instrs)-1]] = true
		}
	}
}
