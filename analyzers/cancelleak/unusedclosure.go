package cancelleak

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// reportIdle reports an obligation that is used only by function literals that are
// never run.
func (c *checker) reportIdle(s *site, closures []*ssa.MakeClosure) {
	var related []analysis.RelatedInformation
	for _, mc := range closures {
		related = append(related, analysis.RelatedInformation{Pos: mc.Fn.Pos(), Message: "this function literal is never called, deferred, started or passed on"})
	}
	c.reportSite(s, catalog.High, categoryUnusedClosure, fmt.Sprintf("%s is only called in a function literal that never runs, %s; defer it", s.noun(), s.harm()), nil, related...)
}
