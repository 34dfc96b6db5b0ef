package ssax_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// TestMerged looks at select statements whose last case and default do the same
// nothing, which go/ssa makes one, and at those that it leaves alone.
func TestMerged(t *testing.T) {
	p := build(t, `
func bothEmpty(a chan int, f func()) { select { case <-a: default: }; f() }
func bothContinue(a, b chan int) { for { select { case <-a: return; case <-b: continue; default: continue } } }
func emptyDefault(a chan int, f func()) { select { case <-a: f(); default: } }
func emptyFirst(a, b chan int, f func()) { select { case <-a: case <-b: f(); default: } }
func blocking(a, b chan int) { select { case <-a: case <-b: } }
`)
	for _, fn := range p.funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				sel, ok := instr.(*ssa.Select)
				if !ok {
					continue
				}
				s, ok := ssax.SelectOf(sel)
				merged := fn.Name() == "bothEmpty" || fn.Name() == "bothContinue"
				if ok == merged || merged != (s.Merged != nil) || !s.Whole() {
					t.Errorf("%s: SelectOf is %v, merged %v, whole %v", fn.Name(), ok, s.Merged != nil, s.Whole())
					continue
				}
				for i := range s.Cases {
					if start, before := s.CaseStart(i); start == nil || before > len(start.Instrs) {
						t.Errorf("%s: case %d starts nowhere", fn.Name(), i)
					}
				}
				if !merged {
					continue
				}
				atCase, inCase := s.CaseStart(len(s.Cases) - 1)
				atDefault, inDefault := s.DefaultStart()
				if atCase != atDefault || inCase != inDefault || inCase == 0 {
					t.Errorf("%s: the last case and the default start at different places, or nowhere", fn.Name())
				}
			}
		}
	}
}
