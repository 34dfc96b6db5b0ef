package vettool

import (
	"cmp"
	"encoding/json"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// A tree is the JSON form of a unit's diagnostics that cmd/go expects from a
// vet tool: from unit ID to analyzer to a list of treeDiagnostics or a
// treeError. cmd/go turns it into text, unless the user asked for JSON.
type tree map[string]map[string]any

type treeError struct {
	Err string `json:"error"`
}

type treeDiagnostic struct {
	Category       string        `json:"category,omitempty"`
	Posn           string        `json:"posn"` // file:line:column
	End            string        `json:"end"`
	Message        string        `json:"message"`
	SuggestedFixes []treeFix     `json:"suggested_fixes,omitempty"`
	Related        []treeRelated `json:"related,omitempty"`
}

type treeFix struct {
	Message string     `json:"message"`
	Edits   []treeEdit `json:"edits"`
}

type treeEdit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"` // byte offset
	End      int    `json:"end"`
	New      string `json:"new"`
}

type treeRelated struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

func newTree(id string, fset *token.FileSet, res *results) tree {
	t := make(tree)
	add := func(analyzer string, v any) {
		if t[id] == nil {
			t[id] = make(map[string]any)
		}
		t[id][analyzer] = v
	}
	for _, act := range res.enabled {
		switch {
		case act.err != nil:
			add(act.analyzer.Name, treeError{act.err.Error()})
		case len(act.diagnostics) > 0:
			var list []treeDiagnostic
			for _, d := range act.diagnostics {
				list = append(list, newTreeDiagnostic(fset, d))
			}
			add(act.analyzer.Name, list)
		}
	}
	return t
}

func newTreeDiagnostic(fset *token.FileSet, d analysis.Diagnostic) treeDiagnostic {
	posn := func(p token.Pos) string { return fset.Position(p).String() }
	out := treeDiagnostic{
		Category: d.Category,
		Posn:     posn(d.Pos),
		End:      posn(cmp.Or(d.End, d.Pos)),
		Message:  d.Message,
	}
	for _, fix := range d.SuggestedFixes {
		f := treeFix{Message: fix.Message}
		for _, edit := range fix.TextEdits {
			f.Edits = append(f.Edits, treeEdit{
				Filename: fset.Position(edit.Pos).Filename,
				Start:    fset.Position(edit.Pos).Offset,
				End:      fset.Position(edit.End).Offset,
				New:      string(edit.NewText),
			})
		}
		out.SuggestedFixes = append(out.SuggestedFixes, f)
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, treeRelated{posn(r.Pos), posn(cmp.Or(r.End, r.Pos)), r.Message})
	}
	return out
}

// String returns the tree as indented JSON.
func (t tree) String() string {
	out, err := json.MarshalIndent(t, "", "\t")
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return string(out) + "\n"
}
