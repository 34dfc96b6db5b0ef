package mustcall_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
)

// shapes are functions with n obligations, named by what they do with each.
var shapes = []struct{ name, each string }{
	{"ended at once", "s%[1]d := begin(); s%[1]d.End(); if cond(%[1]d) { return }\n"},
	{"deferred", "s%[1]d := begin(); defer s%[1]d.End(); if cond(%[1]d) { return }\n"},
	{"literal", "s%[1]d := begin(); defer func() { s%[1]d.End() }(); if cond(%[1]d) { return }\n"},
	{"error", "s%[1]d, err := try(); if err != nil { return }; if err = fail(); err != nil { s%[1]d.End(); return }; s%[1]d.End()\n"},
	{"loops", "for i := 0; i < 9; i++ { s%[1]d := begin(); if cond(i) { s%[1]d.note() }; s%[1]d.End() }\n"},
	{"flag", "var s%[1]d *span; if b { s%[1]d = begin() }; cond(%[1]d); if b { s%[1]d.End() }\n"},
}

// BenchmarkObligations has functions with n obligations, each met near the
// place where it is made. The cost of one must not grow with n.
func BenchmarkObligations(b *testing.B) {
	for _, shape := range shapes {
		for _, n := range []int{300, 2000} {
			fn := large(b, shape.each, n)
			b.Run(fmt.Sprintf("%s/%d", shape.name, n), func(b *testing.B) {
				for b.Loop() {
					search(b, fn, n)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/obligation")
			})
		}
	}
}

// BenchmarkConditions has functions with n obligations, each made and met under a
// condition of its own, all of them live at the same time. The cost of one must not
// grow with the function.
func BenchmarkConditions(b *testing.B) {
	for _, n := range []int{300, 600, 2000} {
		pkg, _ := build(b, header+"func f(b [2000]bool) {\n"+repeat(n, "var s%[1]d *span\nif b[%[1]d] { s%[1]d = begin() }\n")+repeat(n, "if b[%[1]d] { s%[1]d.End() }\n")+"}\n")
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				search(b, pkg.Func("f"), n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/obligation")
		})
	}
}

func large(tb testing.TB, each string, n int) *ssa.Function {
	vars := ""
	if strings.Contains(each, "err") {
		vars = "var err error\n"
	}
	pkg, _ := build(tb, header+"func f(b bool) {\n"+vars+repeat(n, each)+"}\n")
	return pkg.Func("f")
}

func search(tb testing.TB, fn *ssa.Function, n int) {
	p := &mustcall.Protocol{Effect: spans.Effect, Ends: spans.Ends}
	found := obligations(fn)
	if len(found) != n {
		tb.Fatalf("%d obligations, want %d", len(found), n)
	}
	for _, o := range found {
		if leaks, ok := mustcall.Follow(p, o).Leaks(); !ok || len(leaks) > 0 {
			tb.Fatalf("%v, %t", leaks, ok)
		}
	}
}
