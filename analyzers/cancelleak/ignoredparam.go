package cancelleak

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// reportIgnored reports an obligation that is handed only to functions that do
// nothing with it.
func (c *checker) reportIgnored(s *site, calls []*ssa.CallCommon) {
	var related []analysis.RelatedInformation
	callee := "a function"
	for i, call := range calls {
		name := "a function literal"
		if fn := ssax.Callee(call); fn != nil {
			name = symbol.Of(fn).In(c.pass.Pkg.Path())
		}
		if i == 0 {
			callee = name
		}
		related = append(related, analysis.RelatedInformation{Pos: call.Pos(), Message: name + " takes it here and ignores it"})
	}
	c.reportSite(s, catalog.High, categoryIgnoredParam, fmt.Sprintf("%s is passed to %s, which never calls it, %s; call it yourself", s.noun(), callee, s.harm()), nil, related...)
}
