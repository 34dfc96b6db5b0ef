package vettool

import (
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestCheckFixes(t *testing.T) {
	fset := token.NewFileSet()
	f := fset.AddFile("a.go", -1, 100)
	g := fset.AddFile("b.go", -1, 100)
	edit := func(f *token.File, from, to int) analysis.TextEdit {
		e := analysis.TextEdit{Pos: token.Pos(f.Base() + from)}
		if to >= 0 {
			e.End = token.Pos(f.Base() + to)
		}
		return e
	}
	type edits = []analysis.TextEdit
	for what, test := range map[string]struct {
		edits edits
		want  string // part of the error
	}{
		"none":              {nil, ""},
		"sorted":            {edits{edit(f, 0, 10), edit(f, 10, 20)}, ""},
		"unsorted":          {edits{edit(f, 10, 20), edit(f, 0, 10)}, ""},
		"two insertions":    {edits{edit(f, 5, 5), edit(f, 5, -1)}, ""},
		"insert and change": {edits{edit(f, 5, 8), edit(f, 5, 5)}, ""},
		"end of file":       {edits{edit(f, 90, 100)}, ""},
		"just behind it":    {edits{edit(f, 90, 102)}, ""},
		"two files":         {edits{edit(f, 0, 10), edit(g, 0, 10)}, ""},
		"overlap":           {edits{edit(f, 0, 10), edit(f, 9, 20)}, "overlap"},
		"backwards":         {edits{edit(f, 10, 5)}, "does not end in its file"},
		"far behind":        {edits{{Pos: token.Pos(f.Base() + 90), End: token.Pos(g.Base() + 50)}}, "does not end in its file"},
		"nowhere":           {edits{{}}, "no position"},
	} {
		fixes := []analysis.SuggestedFix{{Message: "fix", TextEdits: test.edits}}
		err := checkFixes(fset, fixes)
		if test.want != "" {
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: error %v, want %q", what, err, test.want)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		last := token.NoPos
		for _, e := range fixes[0].TextEdits {
			if e.Pos < last || e.End < e.Pos || fset.File(e.End) != fset.File(e.Pos) {
				t.Errorf("%s: edits %+v are not in form", what, fixes[0].TextEdits)
			}
			last = e.End
		}
	}
	if err := checkFixes(fset, []analysis.SuggestedFix{{Message: "a"}, {Message: "a"}}); err == nil {
		t.Error("no error for two fixes of one name")
	}
}
