package diag_test

import (
	"go/ast"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// Of the findings of one root one is reported, and the others are kept.
func TestReportRoot(t *testing.T) {
	for _, test := range []struct {
		name, decls  string
		explained    []int
		report, rest []string
	}{
		{"one", "var a int", nil, []string{"a"}, nil},
		{"two", "var a int\nvar b int", nil, []string{"a (and 1 other call in this package)"}, []string{"b"}},
		{"three", "var a int\nvar b int\nvar c int", nil, []string{"a (and 2 other calls in this package)"}, []string{"b", "c"}},
		{"silenced", "var a int //nolint:cancelleak\nvar b int", nil, []string{"b"}, nil},
		{"explained", "var a int\nvar b int", []int{0}, []string{"b (and 1 other call in this package)"}, []string{"a" + confirmed}},
		{"all explained", "var a int\nvar b int", []int{0, 1}, []string{"a" + confirmed}, []string{"b" + confirmed}},
		{"all silenced", "var a int //nolint:cancelleak", nil, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			pass, reported := newPass(t, "package p\n"+test.decls+"\n")
			index := pass.ResultOf[suppress.Analyzer].(*suppress.Index)
			root := &catalog.Root{Place: "p/p.go:1", Func: "f", Steps: 1}
			var findings []diag.Finding
			for _, decl := range pass.Files[0].Decls {
				name := decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Names[0]
				findings = append(findings, diag.Finding{Diagnostic: analysis.Diagnostic{Pos: name.Pos(), Category: "path", Message: name.Name}, Root: root})
			}
			for _, i := range test.explained {
				findings[i].Explained = true
			}
			diag.NewReporter(pass, all()).ReportRoot(findings)

			var report, rest []string
			for _, d := range *reported {
				report = append(report, d.Message)
				note := index.Note("cancelleak", d)
				if note.Root != root {
					t.Errorf("%s: root %v", d.Message, note.Root)
				}
				if note.Message != "" && note.Message+" (" != d.Message[:len(note.Message)+2] {
					t.Errorf("%q without the others is %q", d.Message, note.Message)
				}
			}
			for _, o := range index.Others() {
				rest = append(rest, o.Diagnostic.Message)
				if note := index.Note(o.Analyzer, o.Diagnostic); note.Root != root {
					t.Errorf("%s: root %v", o.Diagnostic.Message, note.Root)
				}
			}
			if diff := cmp.Diff(test.report, report); diff != "" {
				t.Errorf("reported (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.rest, rest); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
		})
	}
}

const confirmed = ", or confirm the comment: //ctxlint:detached why"

func TestOtherCalls(t *testing.T) {
	for _, test := range []struct {
		here, elsewhere, packages int
		want                      string
	}{
		{0, 0, 0, ""},
		{1, 0, 0, " (and 1 other call in this package)"},
		{0, 12, 4, " (and 12 calls in 4 other packages)"},
		{0, 1, 1, " (and 1 call in 1 other package)"},
		{2, 3, 2, " (and 2 other calls in this package, 3 in 2 other packages)"},
	} {
		if got := diag.OtherCalls(test.here, test.elsewhere, test.packages); got != test.want {
			t.Errorf("OtherCalls(%d, %d, %d) = %q, want %q", test.here, test.elsewhere, test.packages, got, test.want)
		}
	}
}
