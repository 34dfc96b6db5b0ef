package mustcall_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
)

const header = `package p

type span struct{}

func begin() *span            { return nil }
func try() (*span, error)     { return nil, nil }
func fail() error             { return nil }
func (*span) End()            {}
func (*span) note()           {}
func cond(int) bool           { return false }

`

// repeat returns the text n times, each with its number.
func repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}

// TestLimits has functions that reach a limit, and similar ones that do not:
// those that do are given up, without a leak.
func TestLimits(t *testing.T) {
	sum := func(n int) string { return "1" + strings.Repeat(" + a", n) }
	for _, test := range []struct {
		name    string
		body    string
		givenUp bool
	}{
		{"work", "s := begin()\n" + repeat(25, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = s }\n") + repeat(25, "if b[%[1]d] { s%[1]d.note() }\n") + "s.End()\n", true},
		{"conditions of others", repeat(40, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = begin() }\n") + repeat(40, "if b[%[1]d] { s%[1]d.End() }\n"), false},
		{"flags of others", repeat(40, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = begin() }\n") + repeat(40, "if s%[1]d != nil { s%[1]d.End() }\n"), false},
		{"little work", repeat(3, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = begin() }\n") + repeat(3, "if b[%[1]d] { s%[1]d.End() }\n"), false},
		{"holders", "s := begin()\n" + repeat(70, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = s }\n") + "s.End()\n" + repeat(70, "s%d.note()\n"), true},
		{"few holders", "s := begin()\n" + repeat(5, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = s }\n") + "s.End()\n" + repeat(5, "s%d.note()\n"), false},
		{"large terms", "var s *span\nif " + sum(400) + " > 0 { s = begin() }\ncond(a)\nif " + sum(400) + " > 0 { s.End() }\n", true},
		{"one large term", "s := begin()\ncond(a)\nif " + sum(400) + " > 0 { s.End(); return }\ns.End()\n", false},
		{"terms", "var s *span\nif " + sum(100) + " > 0 { s = begin() }\ncond(a)\nif " + sum(100) + " > 0 { s.End() }\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			pkg, _ := build(t, header+"func f(a int, b [80]bool) {\n"+test.body+"}\n")
			givenUp := false
			for _, o := range obligations(pkg.Func("f")) {
				leaks, ok := mustcall.Follow(spans, o).Leaks()
				givenUp = givenUp || !ok
				if len(leaks) > 0 {
					t.Errorf("reported a leak of %s in a function without any", o.Value)
				}
			}
			if givenUp != test.givenUp {
				t.Errorf("given up: %t", givenUp)
			}
		})
	}
}

// TestMaxLeaks has more ways out than are reported.
func TestMaxLeaks(t *testing.T) {
	pkg, _ := build(t, header+"func f() {\ns := begin()\n"+repeat(30, "if cond(%d) { return }\n")+"s.End()\n}\n")
	for _, o := range obligations(pkg.Func("f")) {
		if leaks, ok := mustcall.Follow(spans, o).Leaks(); !ok || len(leaks) != 8 {
			t.Errorf("%d leaks, %t", len(leaks), ok)
		}
	}
}
