package athand_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/athand"
	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// found is a package and the finder for it.
type found struct {
	*athand.Finder
	ssa *ssabuild.SSA
}

var analyzer = &analysis.Analyzer{
	Name:       "athandtest",
	Doc:        "return a finder",
	Requires:   []*analysis.Analyzer{ssabuild.Analyzer, ctxlife.Analyzer},
	ResultType: reflect.TypeFor[found](),
	Run: func(pass *analysis.Pass) (any, error) {
		builder := pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder)
		lives := pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result)
		return found{athand.New(pass, builder, lives, nil), builder.SSA()}, nil
	},
}

// describe tells, for each call of mark in fn and its literals, which context is at
// hand there, whether it is live, how the code runs, and which context is nearest.
func (p found) describe(fn *ssa.Function) []string {
	var out []string
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if callee := ssax.Callee(&call.Call); callee != nil && callee.Name() == "mark" {
					out = append(out, p.at(call))
				}
			}
		}
	}
	for _, lit := range fn.AnonFuncs {
		out = append(out, p.describe(lit)...)
	}
	return out
}

func (p found) at(call *ssa.Call) string {
	fn := call.Parent()
	h := p.In(fn)
	if h == nil {
		return "none"
	}
	live := "over"
	if p.Liveness(fn).At(call) {
		live = "live"
	}
	mode := [...]string{"inline", "started", "detached", "cleanup"}[p.Mode(fn, h.Func)]
	nearest := "nothing"
	if near := p.Nearest(h, call); near != nil {
		nearest = near.Expr
	}
	return fmt.Sprintf("%s %s %s %s", h.Expr, live, mode, nearest)
}

const header = `package p

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

var (
	_ = errors.Is
	_ http.Handler
	_ sync.Mutex
	_ time.Time
)

func mark()
func cond() bool
func read(context.Context) error
func later(func())
func attempt(func() error) error
func apply(f func()) { f() }
func keep(f func()) { kept = append(kept, f) }

var kept []func()

type stream struct{ stop chan struct{} }

func (s *stream) Context() context.Context

type session struct{ ctx context.Context }

func open(ctx context.Context) *session { return &session{ctx: ctx} }

type key struct{}
`

// Each function is named by %s. What is expected of several marks is separated by
// commas: those of the function come first, and then those of its literals.
var rows = []struct{ name, text, want string }{
	// Which context is at hand.
	{"parameter", `func %s(ctx context.Context) { mark() }`, "ctx live inline ctx"},
	{"none", `func %s(n int) { mark() }`, "none"},
	{"blank", `func %s(_ context.Context) { mark() }`, "none"},
	{"carrier", `func %s(s *stream) { mark() }`, "s.Context() live inline s.Context()"},
	{"contextBeforeCarrier", `func %s(r *http.Request, ctx context.Context) { mark() }`, "ctx live inline ctx"},
	{"field", `func (s *session) %s() { mark() }`, "s.ctx live inline s.ctx"},
	{"closeConn", `func (s *session) %s() { mark() }`, "none"},
	{"literal", `func %s(ctx context.Context) { func() { mark() }() }`, "ctx live inline ctx"},
	{"literalWithItsOwn", `func %s(ctx context.Context) { f := func(sub context.Context) { mark() }; f(ctx) }`, "sub live inline sub"},
	{"literalThatIgnoresIt", `func %s(ctx context.Context) { f := func(_ context.Context) { mark() }; f(ctx) }`, "none"},

	// Where it is live.
	{"afterDone", `func %s(ctx context.Context) { mark(); <-ctx.Done(); mark() }`, "ctx live inline ctx, ctx over inline ctx"},
	{"inCase", `func %s(ctx context.Context, c chan int) {
		select {
		case <-ctx.Done():
			mark()
		case <-c:
			mark()
		}
	}`, "ctx over inline ctx, ctx live inline ctx"},
	{"otherDone", `func %s(ctx, other context.Context) { <-other.Done(); mark() }`, "ctx live inline ctx"},
	{"errFound", `func %s(ctx context.Context) {
		if ctx.Err() != nil {
			mark()
			return
		}
		mark()
	}`, "ctx over inline ctx, ctx live inline ctx"},
	{"canceledFound", `func %s(ctx context.Context) {
		if errors.Is(read(ctx), context.Canceled) {
			mark()
			return
		}
		mark()
	}`, "ctx over inline ctx, ctx live inline ctx"},
	{"nilFound", `func %s(ctx context.Context) {
		if ctx == nil {
			mark()
		}
	}`, "ctx over inline ctx"},
	{"workFailed", `func %s(ctx context.Context) {
		if read(ctx) != nil {
			mark()
		}
	}`, "ctx over inline ctx"},
	{"otherWorkFailed", `func %s(ctx context.Context) {
		if read(context.Background()) != nil {
			mark()
		}
	}`, "ctx live inline ctx"},
	{"hijacked", `func %s(w http.ResponseWriter, r *http.Request) { mark(); w.(http.Hijacker).Hijack(); mark() }`,
		"r.Context() live inline r.Context(), r.Context() over inline r.Context()"},
	{"flushed", `func %s(w http.ResponseWriter, r *http.Request) { w.(http.Flusher).Flush(); mark() }`, "r.Context() live inline r.Context()"},

	// How a literal runs.
	{"goes", `func %s(ctx context.Context) { go func() { mark() }() }`, "ctx live started ctx"},
	{"goesInGroup", `func %s(ctx context.Context) { var wg sync.WaitGroup; wg.Go(func() { mark() }) }`, "ctx live started ctx"},
	{"deferred", `func %s(ctx context.Context) { defer func() { mark() }() }`, "ctx live cleanup ctx"},
	{"once", `func %s(ctx context.Context) { var once sync.Once; once.Do(func() { mark() }) }`, "ctx live detached ctx"},
	{"stored", `func %s(ctx context.Context) { kept = append(kept, func() { mark() }) }`, "ctx live detached ctx"},
	{"calledByBody", `func %s(ctx context.Context) { apply(func() { mark() }) }`, "ctx live inline ctx"},
	{"keptByBody", `func %s(ctx context.Context) { keep(func() { mark() }) }`, "ctx live detached ctx"},
	{"outOfView", `func %s(ctx context.Context) { later(func() { mark() }) }`, "ctx live detached ctx"},
	{"attempted", `func %s(ctx context.Context) { attempt(func() error { mark(); return nil }) }`, "ctx live inline ctx"},
	{"afterFunc", `func %s(ctx context.Context) { context.AfterFunc(ctx, func() { mark() }) }`, "ctx live cleanup ctx"},
	{"nested", `func %s(ctx context.Context) { go func() { func() { mark() }() }() }`, "ctx live started ctx"},
	{"variable", `func %s(ctx context.Context) { f := func() { mark() }; f() }`, "ctx live inline ctx"},
	{"variableDeferred", `func %s(ctx context.Context) { f := func() { mark() }; defer f() }`, "ctx live cleanup ctx"},

	// Which context is nearest.
	{"derived", `func %s(ctx context.Context) { sub := context.WithValue(ctx, key{}, 1); read(sub); mark() }`, "ctx live inline sub"},
	{"fresh", `func %s(ctx context.Context) { sub := context.WithValue(context.Background(), key{}, 1); read(sub); mark() }`, "ctx live inline ctx"},
	{"notYet", `func %s(ctx context.Context) { mark(); sub := context.WithValue(ctx, key{}, 1); read(sub) }`, "ctx live inline ctx"},
	{"outOfScope", `func %s(ctx context.Context) { { sub := context.WithValue(ctx, key{}, 1); read(sub) }; mark() }`, "ctx live inline ctx"},
	{"cancelled", `func %s(ctx context.Context) { sub, cancel := context.WithCancel(ctx); read(sub); mark(); cancel(); mark() }`,
		"ctx live inline sub, ctx live inline ctx"},
	{"cancelDeferred", `func %s(ctx context.Context) { sub, cancel := context.WithCancel(ctx); defer cancel(); read(sub); mark() }`, "ctx live inline sub"},
	{"cancelCaptured", `func %s(ctx context.Context) {
		sub, cancel := context.WithCancel(ctx)
		defer func() { cancel() }()
		read(sub)
		cancel()
		mark()
	}`, "ctx live inline ctx"},
	{"inLiteral", `func %s(ctx context.Context) { sub := context.WithValue(ctx, key{}, 1); read(sub); func() { mark() }() }`, "ctx live inline sub"},
	{"literalAfterCancel", `func %s(ctx context.Context) {
		sub, cancel := context.WithCancel(ctx)
		read(sub)
		cancel()
		func() { mark() }()
	}`, "ctx live inline ctx"},
	{"parameterCancelled", `func %s(ctx context.Context) { ctx, cancel := context.WithCancel(ctx); read(ctx); cancel(); mark() }`, "ctx live inline nothing"},
	{"address", `func %s(ctx context.Context) { sub := context.WithValue(ctx, key{}, 1); p := &sub; read(*p); mark() }`, "ctx live inline ctx"},
}

func TestFinder(t *testing.T) {
	var text strings.Builder
	text.WriteString(header)
	for _, r := range rows {
		fmt.Fprintf(&text, r.text+"\n", r.name)
	}
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module m.test\n\ngo 1.26\n", "p.go": text.String(), "p.s": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	p := testenv.Analyze(t, analyzer, dir, ".").Roots[0].Result.(found)
	funcs := make(map[string]*ssa.Function)
	for _, fn := range p.ssa.Funcs {
		if fn.Parent() == nil {
			funcs[fn.Name()] = fn
		}
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			fn := funcs[r.name]
			if fn == nil {
				t.Fatal("no such function")
			}
			if got := strings.Join(p.describe(fn), ", "); got != r.want {
				t.Errorf("got %q, want %q", got, r.want)
			}
		})
	}
}

func TestParseCarriers(t *testing.T) {
	got, err := athand.ParseCarriers(" example.com/web.Ctx=x.Std() , ")
	if err != nil || len(got) != 1 || got["example.com/web.Ctx"] != "x.Std()" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{"example.com/web.Ctx", "Ctx=x.Std()", "example.com/web.Ctx=c.Std()"} {
		if _, err := athand.ParseCarriers(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}
