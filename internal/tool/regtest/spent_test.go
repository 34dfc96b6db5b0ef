package regtest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// TestSpent analyses a package in which every limit of the engines that analyzers share
// is reached by some questions and not by others: what is found does not depend on who
// asks first, that is, on the order of declarations, on that of analyzers, and on which
// of them run.
func TestSpent(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks what the fixtures import")
	}
	u := newUniverse(t, modules[1])
	r := rand.New(rand.NewPCG(7, 8))
	decls := exhausting()
	all := suite()
	found := func(decls []string, suite []*analysis.Analyzer) []string {
		c, err := u.check("ctxlint.test/fixtures/spent", source{"spent.go": header + strings.Join(decls, "\n")})
		if err != nil {
			t.Fatal(err)
		}
		graph, err := checker.Analyze(c.reading(suite), []*packages.Package{c.pkg}, &checker.Options{Sequential: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, act := range graph.Roots {
			if act.Err != nil {
				t.Fatalf("%v: %v", act, act.Err)
			}
		}
		return identities(graph, []*packages.Package{c.pkg}, func(_ *packages.Package, name string) string { return c.src[name] })
	}
	want := found(decls, all)
	for _, a := range []string{"cancelleak", "ctxreset", "goroutineleak", "labelcardinality", "metriclifecycle"} {
		if !slices.ContainsFunc(want, func(id string) bool { return strings.Contains(id, ": "+a+"/") }) {
			t.Errorf("%s finds nothing", a)
		}
	}
	for range 2 {
		r.Shuffle(len(decls), func(i, j int) { decls[i], decls[j] = decls[j], decls[i] })
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, found(decls, all)); diff != "" {
			t.Errorf("(-first +in another order):\n%s", diff)
		}
	}
	for _, a := range all {
		own := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return !strings.Contains(id, ": "+a.Name+"/") })
		if len(own) == 0 {
			continue
		}
		if diff := cmp.Diff(own, found(decls, []*analysis.Analyzer{a})); diff != "" {
			t.Errorf("%s (-in the suite +alone):\n%s", a.Name, diff)
		}
	}
}

const header = `package spent

import (
	"context"
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

`

// exhausting returns the declarations of a package. Each kind is there several times,
// with sizes below and above the limit that it is about.
func exhausting() []string {
	decls := []string{
		"func use(context.Context) {}",
		"func cond(int) bool { return len(recover().(string)) > 0 }",
		`func work(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, "GET", "http://example.com", nil)
	if err == nil {
		_, err = http.DefaultClient.Do(req)
	}
	return err
}`,
		"type server struct { mu sync.Mutex; results chan int; quit chan struct{}; ctx context.Context }",
	}
	add := func(format string, args ...any) { decls = append(decls, fmt.Sprintf(format, args...)) }

	// A component of many functions, for the budgets of fixpoint.
	const ring = 70
	for i := range ring {
		add(`func ring%d(ctx context.Context, cancel func(), n int, out chan int) {
	if cond(n) { ring%d(ctx, cancel, n-1, out) }
	if cond(n) { ring%d(context.WithoutCancel(ctx), cancel, n-1, out) }
	for i := range n { ring%d(ctx, nil, i, out) }
}`, i, (i+1)%ring, (i*7+3)%ring, (i*i+1)%ring)
	}
	add(`func ringed(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	out := make(chan int)
	go ring0(ctx, cancel, 3, out)
	ring%d(ctx, cancel, 2, out)
}`, ring/2)

	for _, n := range []int{3, 260} {
		// A chain of helpers: depths and lengths of chains.
		for i := range n {
			add("func chain%[1]d_%[2]d(n int) error { return chain%[1]d_%[3]d(n+1) }", n, i, i+1)
		}
		add("func chain%d_%[1]d(n int) error { return work(context.Background()) }", n)
		add("func chained%d(ctx context.Context) error { use(ctx); return chain%[1]d_0(1) }", n)

		// Goroutines, channels and locks of one object.
		add("func (s *server) start%d(ctx context.Context) {\n%s}", n, repeat(n, "go func() { if cond(%[1]d) { s.results <- %[1]d } }()\n"))
		add("func (s *server) loop%d(ctx context.Context) {\n\ts.mu.Lock()\n\tfor {\n\t\tselect {\n\t\tcase <-ctx.Done(): return\n\t\tcase <-s.results:\n%s\t\t}\n\t}\n}", n, repeat(n/2, "if cond(%d) { return }\n"))
		add("func (s *server) locked%d() {\n\ts.mu.Lock()\n%s\ts.results <- 1\n\ts.mu.Unlock()\n}", n, repeat(n, "if cond(%d) { s.quit <- struct{}{} }\n"))
		add("func lost%d(ctx context.Context, b []bool) {\n\tctx, cancel := context.WithCancel(ctx)\n\tuse(ctx)\n%s\tcancel()\n}", n, repeat(n, "if b[%[1]d] { use(ctx) } else if cond(%[1]d) { return }\n"))
		add("func sends%d(ctx context.Context) error {\n\tc := make(chan error)\n%s\tselect {\n\tcase err := <-c: return err\n\tcase <-ctx.Done(): return ctx.Err()\n\t}\n}", n, strings.Repeat("go func() { c <- nil }()\n", n))
	}

	// Vectors whose labels are far away, alone and through variables that all share.
	for _, n := range []int{2, 5200} {
		add("var labels%d = manyLabels%[1]d()", n)
		add("func manyLabels%d() []string {\n\tl := []string{\"a\"}\n%s\treturn l\n}", n, strings.Repeat("\tl = append(l)\n", n))
		add("var vec%d = prometheus.NewCounterVec(prometheus.CounterOpts{Name: \"n%[1]d\"}, labels%[1]d)", n)
		add("func count%d(r *http.Request) { vec%[1]d.WithLabelValues(r.URL.Path, \"x\").Inc(); other%[1]d(vec%[1]d, r) }", n)
		add("func other%d(v *prometheus.CounterVec, r *http.Request) {\n\tw := v\n%s\tw.WithLabelValues(r.URL.Path).Inc()\n}", n, strings.Repeat("\tif cond(1) { w = v }\n", n/20))
	}
	// Values that are far away.
	for _, n := range []int{3, 2100} {
		add("func far%d(r *http.Request) {\n\ts := r.URL.Path\n%s\tvec2.WithLabelValues(s).Inc()\n}", n, strings.Repeat("\tif cond(2) { s = s + \"/\" }\n", n))
		add("func deep%d(r *http.Request) { vec2.WithLabelValues(step%[1]d_0(r.URL.Path)).Inc() }", n)
		for i := range min(n, 12) {
			add("func step%[1]d_%[2]d(s string) string { return step%[1]d_%[3]d(s) }", n, i, i+1)
		}
		add("func step%d_%d(s string) string { return s }", n, min(n, 12))
	}
	return decls
}
