package ctxescape

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// Why a goroutine may use what belongs to a request.
const (
	noContext   decision.Reason = "the goroutine does not get the context of the request"
	noWork      decision.Reason = "nothing that the goroutine gives the context to is known to wait under it"
	endsWithIt  decision.Reason = "the goroutine listens for the end of the context, and is meant to end with it"
	cancelled   decision.Reason = "the function ends the context itself, of which cancelleak/early speaks"
	waitedFor   decision.Reason = "something waits for the goroutine, or gets what tells of its end"
	notDerived  decision.Reason = "the context that the goroutine works under does not derive from that of the request"
	waitsLater  decision.Reason = "the handler waits for others after that, and perhaps for what was started"
	notSeenUsed decision.Reason = "the goroutine is not seen to use what the framework takes back"
)

// Why something may be kept, or put back.
const (
	notLasting  decision.Reason = "what it is put into is not seen to be older than the request"
	ownReceiver decision.Reason = "the function is not known to be what a server calls, so that its receiver may be made for the request"
	takenBack   decision.Reason = "the function may take it back, stores something else there, or waits until it has been used"
	notKept     decision.Reason = "what is made under the context is not seen to be kept where it stays"
	mayBeClear  decision.Reason = "code out of sight gets the value, and may clear it"
	notFilled   decision.Reason = "no map and no list of the value is seen to be filled"
	clearedHere decision.Reason = "what is put into the value is cleared here, or is read as from a cache, which is to keep it"
)

// A silence is why one way in which an instruction might be wrong does not count.
type silence struct {
	category string
	instr    ssa.Instruction
	why      decision.Reason
}

// silent notes, for those who ask, why an instruction is not reported, unless it is in the
// end.
func (c *checker) silent(category string, instr ssa.Instruction, why decision.Reason) {
	if c.report.Explains() {
		c.silences = append(c.silences, silence{category, instr, why})
	}
}

// tell tells what has been noted of instructions that are not reported.
func (c *checker) tell() {
	for _, s := range c.silences {
		if !c.reported[s.instr] {
			c.report.Silent(s.category, s.instr.Pos(), s.why)
		}
	}
}

// silentGoroutines tells, for those who ask, why goroutines of a handler are not reported
// that do not get its context.
func (c *checker) silentGoroutines(r *request) {
	if !c.report.Explains() {
		return
	}
	gets := make(map[ssa.Instruction]bool)
	for _, ctx := range r.contexts() {
		flow := ctxflow.Follow(ctx, nil)
		for i := range flow.Uses {
			if start := c.startOf(&flow.Uses[i], r.fn); start != nil {
				gets[start] = true
			}
		}
	}
	eachFunc(r.fn, func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if start, ok := instr.(*ssa.Go); ok && !gets[start] {
					c.silent(categoryGoroutine, start, noContext)
				}
			}
		}
	})
}
