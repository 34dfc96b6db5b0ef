package mustcall

import "golang.org/x/tools/go/ssa"

// A Test is a branch condition in a form in which that of another branch can be
// compared with it.
type Test struct {
	Key     string            // equal for conditions that agree as long as memory does not change
	Negated bool              // the branch is taken when the condition named by Key is false
	Deps    []*ssa.BasicBlock // where the values are computed that Key names
}

// TestOf returns the condition of instr.
func TestOf(instr *ssa.If) Test {
	c := parse(instr.Cond)
	return Test{c.key, c.negated, c.deps}
}
