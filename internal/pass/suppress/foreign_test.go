package suppress_test

import (
	"go/ast"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// In this source each call of silent is a finding that a comment for another linter
// excuses, and each call of loud one that none does.
const foreignSource = `package p

func f() {
	silent() //nolint:contextcheck
	silent() //nolint:govet // the process ends
	silent() //nolint:lostcancel
	silent() //nolint:errcheck,GoVet
	silent() // #nosec G118
	silent() //#nosec G104 G118 -- why
	silent() /* #nosec */
	silent() //nolint:gosec
	silent() //lint:ignore SA5003 why
	silent() //lint:ignore SA1000,SA50* why
	silent() //lint:ignore SA5003,ctxlint/ctxreset why
	loud()   //nolint:errcheck
	loud()   //nolint:nilness
	loud()   // #nosec G104
	loud()   // #nosecret
	loud()   //lint:ignore SA5003
	loud()   //lint:ignore SA5004 why
	loud()   //lint:ignorance SA5003 why
	loud()   // nosec
	//nolint:govet
	go func() {
		silent()
	}()
	// #nosec G118
	silent()
	loud()
}

//nolint:contextcheck
func named() { silent() }

//nolint:contextcheck
func exactly() {
	silent()
}

// A linter with many checks may mean any of them.
//
//nolint:govet
func vaguely() {
	loud()
	silent() //nolint:staticcheck
}

//lint:file-ignore SA5003 not the same statement
`

func TestForeign(t *testing.T) {
	also := []string{"contextcheck", "govet/lostcancel", "gosec/G118", "staticcheck/SA5003"}
	x, fset, files := index(t, foreignSource, "//nolint:contextcheck\npackage p\nvar a = loud()\n")
	calls := 0
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if id, ok := call.Fun.(*ast.Ident); ok {
				calls++
				d := analysis.Diagnostic{Pos: call.Pos()}
				if got := x.Silence("cancelleak", d, also...); got != (id.Name == "silent") {
					t.Errorf("%v: Silence of %s() = %t", fset.Position(call.Pos()), id.Name, got)
				}
				if got := x.Silence("cancelleak", d); got {
					t.Errorf("%v: silenced without a check of another linter", fset.Position(call.Pos()))
				}
			}
			return true
		})
	}
	if calls == 0 {
		t.Error("no finding in the source")
	}
	for _, d := range x.Unused([]string{"cancelleak"}) {
		t.Errorf("%s is listed as unused", d.Text)
	}
	if s := x.Silenced(); len(s) == 0 || s[1].By.Reason != "the process ends" {
		t.Errorf("Silenced() = %+v, want the findings with the reasons", s)
	}
}

// What a comment for another linter silences is silenced by it alone if there is no
// comment for ctxlint, and otherwise by that one.
func TestForeignAndOwn(t *testing.T) {
	x, _, files := index(t, `package p
//nolint:cancelleak // ours
var a int //nolint:contextcheck // theirs
`)
	if !x.Silence("cancelleak", analysis.Diagnostic{Pos: files[0].Decls[0].Pos()}, "contextcheck") {
		t.Fatal("not silenced")
	}
	if s := x.Silenced(); len(s) != 1 || s[0].By.Reason != "ours" {
		t.Errorf("Silenced() = %+v", s)
	}
	if unused := x.Unused([]string{"cancelleak"}); len(unused) != 0 {
		t.Errorf("Unused() = %v", unused)
	}
}
