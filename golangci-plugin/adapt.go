package golangciplugin

import (
	"fmt"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// adapt returns a with its diagnostics in a form that golangci-lint shows
// properly: golangci-lint knows no categories, makes a separate issue of each
// related step, and applies all fixes of a diagnostic instead of one.
func adapt(a *analysis.Analyzer) *analysis.Analyzer {
	adapted := *a
	adapted.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Analyzer = a
		inner.Report = func(d analysis.Diagnostic) {
			d.Message = describe(pass, d)
			d.Related = nil
			d.SuggestedFixes = d.SuggestedFixes[:min(1, len(d.SuggestedFixes))]
			pass.Report(d)
		}
		return a.Run(&inner)
	}
	return &adapted
}

// describe returns the category, the message and the related steps in one line:
//
//	path: cancel is not called on every path; ... [line 46: this return leaves without calling it]
func describe(pass *analysis.Pass, d analysis.Diagnostic) string {
	var steps []string
	file := pass.Fset.Position(d.Pos).Filename
	for _, r := range d.Related {
		at := pass.Fset.Position(r.Pos)
		where := fmt.Sprintf("line %d", at.Line)
		if at.Filename != file {
			where = fmt.Sprintf("%s/%s:%d", filepath.Base(filepath.Dir(at.Filename)), filepath.Base(at.Filename), at.Line)
		}
		steps = append(steps, where+": "+r.Message)
	}
	text := d.Category + ": " + d.Message
	if steps != nil {
		text += " [" + strings.Join(steps, "; ") + "]"
	}
	return text
}
