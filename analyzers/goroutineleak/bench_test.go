package goroutineleak_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers/goroutineleak"
	"github.com/ctxlint/ctxlint/analyzers/selectdefault"
)

// shapes are packages with n channels or select statements, in one function or in n.
var shapes = []struct{ name, each, around string }{
	{"delivered", "c%[1]d := make(chan int); go func() { c%[1]d <- 1 }(); if cond() { println() }; <-c%[1]d\n", "func f(ctx context.Context) {\n%s}\n"},
	{"leaking", "c%[1]d := make(chan int); go func() { c%[1]d <- 1 }(); select { case <-c%[1]d: case <-ctx.Done(): }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"loop", "for cond() { c%[1]d := make(chan int, 1); go func() { c%[1]d <- 1 }(); select { case <-c%[1]d: case <-ctx.Done(): return } }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"workers", "c%[1]d := make(chan int); go func() { for j := range c%[1]d { if err := do(j); err != nil { return } } }(); for cond() { c%[1]d <- 1 }; close(c%[1]d)\n", "func do(int) error { return nil }\nfunc f(ctx context.Context) {\n%s}\n"},
	{"returned", "select { case <-later(): case <-ctx.Done(): }\n", "func later() <-chan int { c := make(chan int, 1); go func() { c <- 1 }(); return c }\nfunc f(ctx context.Context) {\n%s}\n"},
	{"own", "c%[1]d := make(chan int, 1); if cond() { c%[1]d <- 1 }; if cond() { c%[1]d <- 2 }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"functions", "func f%[1]d(ctx context.Context, d chan int) { for { select { case <-ctx.Done(): case <-d: default: } } }\n", "%s"},
	{"errors", "c%[1]d := make(chan error, 1); go func() { c%[1]d <- nil }(); select { case <-c%[1]d: default: }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"closed", "c%[1]d := make(chan int); go func() { c%[1]d <- 1; close(c%[1]d) }(); for cond() { select { case <-c%[1]d: case <-ctx.Done(): return } }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"sleeps", "func f%[1]d(ctx context.Context) { for { time.Sleep(1) } }\n", "%s"},
	{"timers", "t%[1]d := time.NewTimer(1); go func() { <-t%[1]d.C }(); select { case <-t%[1]d.C: case <-ctx.Done(): }; if !t%[1]d.Stop() { <-t%[1]d.C }\n", "func f(ctx context.Context) {\n%s}\n"},
	{"polls", "func f%[1]d(d chan int) { for { select { case <-d: return; default: } } }\n", "%s"},
	{"fields", "type h%[1]d struct { in chan int; quit chan struct{} }; func new%[1]d() *h%[1]d { h := &h%[1]d{make(chan int), make(chan struct{})}; go h.run(); return h }; func (h *h%[1]d) run() { for { select { case n := <-h.in: println(n); case <-h.quit: return } } }; func (h *h%[1]d) put(n int) { h.in <- n }; func (h *h%[1]d) end() { close(h.quit) }\n", "%s"},
	{"senders", "func (h *hub) put%[1]d(n int) { if cond() { println() }; h.in <- n }\n", "type hub struct { in chan int; quit chan struct{} }; func start() *hub { h := &hub{make(chan int), make(chan struct{})}; go h.run(); return h }; func (h *hub) run() { for { select { case n := <-h.in: println(n); case <-h.quit: return } } }; func (h *hub) end() { close(h.quit) }\n%s"},
	{"sends", "if cond() { println() }; h.in <- %[1]d\n", "type hub struct { in chan int; quit chan struct{} }; func start() *hub { h := &hub{make(chan int), make(chan struct{})}; go h.run(); return h }; func (h *hub) run() { for { select { case n := <-h.in: println(n); case <-h.quit: return } } }; func (h *hub) end() { close(h.quit) }\nfunc (h *hub) put(ctx context.Context) {\n%s}\n"},
	{"waits", "if cond() { println() }; println(<-in); out <- %[1]d\n", "func Move(ctx context.Context, in <-chan int, out chan<- int) {\n%s}\n"},
	{"locked", "type h%[1]d struct { mu sync.Mutex; in chan int }; func new%[1]d() *h%[1]d { h := &h%[1]d{in: make(chan int)}; go h.run(); return h }; func (h *h%[1]d) run() { for n := range h.in { h.mu.Lock(); println(n); h.mu.Unlock() } }; func (h *h%[1]d) put(n int) { h.mu.Lock(); h.in <- n; h.mu.Unlock() }\n", "%s"},
	{"locks", "type h%[1]d struct { mu sync.Mutex; in chan int }; v%[1]d := &h%[1]d{in: make(chan int)}; go func() { for n := range v%[1]d.in { v%[1]d.mu.Lock(); println(n); v%[1]d.mu.Unlock() } }(); v%[1]d.mu.Lock(); v%[1]d.in <- 1; v%[1]d.mu.Unlock()\n", "func f() {\n%s}\n"},
	{"chain", "func f%[1]d(c chan int) { if cond() { f%[2]d(c) }; <-c }\n", "%s func f%[2]d(c chan int) { c <- 1 }\nfunc start() { c := make(chan int); go f0(c) }\n"},
}

// BenchmarkChannels has what used to cost the square of n, or more.
func BenchmarkChannels(b *testing.B) {
	for _, shape := range shapes {
		for _, n := range []int{300, 2000} {
			b.Run(fmt.Sprintf("%s/%d", shape.name, n), func(b *testing.B) {
				pkgs := loaded(b, shape.each, shape.around, n)
				b.ReportAllocs()
				for b.Loop() {
					graph, err := checker.Analyze([]*analysis.Analyzer{goroutineleak.Analyzer, selectdefault.Analyzer}, pkgs, nil)
					if err != nil || graph.Roots[0].Err != nil {
						b.Fatal(err, graph.Roots[0].Err)
					}
				}
			})
		}
	}
}

func loaded(b *testing.B, each, around string, n int) []*packages.Package {
	b.Helper()
	var body strings.Builder
	for i := range n {
		text := fmt.Sprintf(each, i, i+1)
		text, _, _ = strings.Cut(text, "%!(EXTRA")
		body.WriteString(strings.TrimSuffix(text, "\n") + "\n")
	}
	text := strings.ReplaceAll(strings.ReplaceAll(around, "%s", body.String()), "%[2]d", fmt.Sprint(n))
	dir := b.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module m.test\n\ngo 1.26\n",
		"p.go":   "package p\n\nimport (\n\t\"context\"\n\t\"sync\"\n\t\"time\"\n)\n\nvar _ context.Context\n\nvar _ = time.Second\n\nvar _ sync.Mutex\n\nvar conds []bool\n\nfunc cond() bool { return len(conds) > 1 && conds[1] }\n\n" + text,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir}, ".")
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		b.Fatal("the package does not load: ", err)
	}
	return pkgs
}
