package vettool

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// checkFixes checks the fixes of one diagnostic and brings them into the form
// that consumers rely on: edits sorted, ends set, nothing past the end of a
// file. An error means a mistake in the analyzer.
func checkFixes(fset *token.FileSet, fixes []analysis.SuggestedFix) error {
	seen := make(map[string]bool)
	for _, fix := range fixes {
		if seen[fix.Message] {
			return fmt.Errorf("two fixes are called %q", fix.Message)
		}
		seen[fix.Message] = true
		// Several insertions at one place stay in the analyzer's order.
		slices.SortStableFunc(fix.TextEdits, func(a, b analysis.TextEdit) int {
			if a.Pos != b.Pos {
				return int(a.Pos) - int(b.Pos)
			}
			return int(a.End) - int(b.End)
		})
		last := token.NoPos
		for i := range fix.TextEdits {
			edit := &fix.TextEdits[i]
			if err := checkEdit(fset, edit); err != nil {
				return fmt.Errorf("%q: %v", fix.Message, err)
			}
			if edit.Pos < last {
				return fmt.Errorf("%q: edits overlap at %v", fix.Message, fset.Position(edit.Pos))
			}
			last = edit.End
		}
	}
	return nil
}

func checkEdit(fset *token.FileSet, edit *analysis.TextEdit) error {
	f := fset.File(edit.Pos)
	if f == nil {
		return fmt.Errorf("an edit has no position")
	}
	if !edit.End.IsValid() {
		edit.End = edit.Pos
	}
	eof := token.Pos(f.Base() + f.Size())
	if edit.End > eof && edit.End < eof+10 {
		// The end of a node whose closing brace is missing from the syntax
		// tree is computed and can be a few bytes off (go.dev/issue/71659).
		edit.End = eof
	}
	if edit.End < edit.Pos || edit.End > eof {
		return fmt.Errorf("the edit at %v does not end in its file", fset.Position(edit.Pos))
	}
	return nil
}
