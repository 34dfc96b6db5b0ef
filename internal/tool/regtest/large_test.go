package regtest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// TestLarge analyses functions that are larger than any real one, in each way
// in which the number of paths, states or closures could explode. What is so
// simple that size is no excuse has to be found.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks what the fixtures import")
	}
	// Each takes less than a second by itself; an unbounded search would take
	// days.
	const limit = time.Minute
	u := newUniverse(t, modules[0])
	const begin = "ctx, cancel := context.WithCancel(ctx); use(ctx)\n"
	for _, test := range []struct {
		name  string
		body  string
		found string // a category, or "" if there is nothing to find or the function may be too large
	}{
		{"early returns", begin + repeat(1000, "if cond(%d) { return }\n") + "cancel()", "path"},
		{"nested ifs", begin + repeat(200, "if cond(%d) {\n") + "cancel()\n" + strings.Repeat("}", 200), "path"},
		{"cases", begin + "switch n {\n" + repeat(300, "case %d: if cond(n) { return }\n") + "}\ncancel()", "path"},
		{"cancels", repeat(100, "ctx%[1]d, cancel%[1]d := context.WithCancel(ctx)\nif use(ctx%[1]d); cond(%[1]d) { return }\n") +
			repeat(100, "cancel%d()\n"), "path"},
		{"one variable", "var cancel context.CancelFunc\n" + repeat(200, "if cond(%d) { ctx, cancel = context.WithCancel(ctx) }\n") +
			"if cancel != nil { cancel() }\nuse(ctx)", "discarded"},
		{"literals in literals", begin + strings.Repeat("func() {\n", 100) + "_ = cancel" + strings.Repeat("}()\n", 100), ""},
		{"branches", begin + repeat(1000, "if b[%[1]d] { use(ctx) } else { cond(%[1]d) }\n") + "if cond(n) { cancel() }", ""},
		{"correlated branches", repeat(200, "b%[1]d := cond(%[1]d)\n") + begin + repeat(200, "if b%d { use(ctx) }\n") +
			repeat(200, "if b%d { cancel(); return }\n"), ""},
		{"nested loops", repeat(10, "for i%[1]d := range n { ctx, cancel%[1]d := context.WithCancel(ctx); use(ctx); if cond(i%[1]d) { continue }\n") +
			strings.Join(reversed(10, "cancel%d() }\n"), ""), ""},
		{"defers", repeat(100, "ctx%[1]d, cancel%[1]d := context.WithCancel(ctx); use(ctx%[1]d)\nif cond(%[1]d) { defer cancel%[1]d() } else { cancel%[1]d() }\n"), ""},
		{"many", repeat(1000, "ctx%[1]d, cancel%[1]d := context.WithCancel(ctx); use(ctx%[1]d)\ndefer func() { cancel%[1]d() }(); if cond(%[1]d) { return }\n"), ""},
		{"derived contexts", repeat(300, "ctx, cancel%[1]d := context.WithCancel(ctx); use(ctx)\nif cond(%[1]d) { cancel%[1]d(); return }; cancel%[1]d()\n"), ""},
		{"arms", begin + "c := make(chan int)\nfor { select {\n" + repeat(2000, "case c <- %d: use(ctx)\n") + "} }", ""},
		{"table", "_ = []func(context.Context){\n" + repeat(2000, "func(ctx context.Context) { ctx, _ = context.WithCancel(ctx); use(ctx); cond(%d) },\n") + "}", "discarded"},
		{"helpers", begin + "h0(cancel)", "ignored-param"},
	} {
		t.Run(test.name, func(t *testing.T) {
			const helpers = 300 // each calls two others, in cycles
			text := "package large\nimport \"context\"\nfunc use(context.Context) {}\nfunc cond(int) bool { return len(recover().(string)) > 0 }\n"
			for i := range helpers {
				text += fmt.Sprintf("func h%d(cancel func()) { h%d(cancel); h%d(cancel) }\n", i, (i+1)%helpers, (i*7+3)%helpers)
			}
			text += "func large(ctx context.Context, n int, b []bool) {\n" + test.body + "\n}\n"
			c, err := u.check("ctxlint.test/fixtures/large", source{"large.go": text})
			if err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			diagnostics, err := c.analyze()
			if err != nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d > limit {
				t.Errorf("takes %v", d)
			}
			has := func(category string) bool {
				return slices.ContainsFunc(diagnostics, func(d analysis.Diagnostic) bool { return d.Category == category })
			}
			if has(diag.Internal) || test.found != "" && !has(test.found) {
				t.Errorf("%d diagnostics, want %q: %v", len(diagnostics), test.found, diagnostics)
			}
		})
	}
}

// repeat returns the text n times, each with its number.
func repeat(n int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}

// reversed returns the texts of repeat, last first.
func reversed(n int, text string) []string {
	var list []string
	for i := range n {
		list = append(list, fmt.Sprintf(text, n-1-i))
	}
	return list
}
