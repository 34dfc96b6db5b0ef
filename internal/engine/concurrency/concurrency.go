// Package concurrency knows what the goroutines of a package do to each other:
// which channels there are, and who makes, sends on, receives from and closes
// them; which functions run as goroutines; what leaves a loop; and what notices
// the end of a context.
//
// Everything is about one package, on its SSA form. Answers are must-answers:
// if other code can reach a channel, the channel says so, and nothing is
// concluded from the absence of an operation that other code could make. Walks
// along the paths of a function are bounded by the number of their states; a
// function with more is not understood.
package concurrency

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxlife"
	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// Analyzer gives the package's [*Package], which analyzers share.
var Analyzer = &analysis.Analyzer{
	Name:       "ctxlintconcurrency",
	Doc:        "know the channels, goroutines and loops of a package",
	URL:        "https://pkg.go.dev/github.com/ctxlint/ctxlint/internal/engine/concurrency",
	Requires:   []*analysis.Analyzer{ssabuild.Analyzer, ctxlife.Analyzer},
	Run:        run,
	ResultType: reflect.TypeFor[*Package](),
}

// Package answers questions about one package. What answers need is computed
// when the first question needs it. Only the methods Receives, Starts, Talks,
// LoopsForever and Lock are safe for concurrent use; the others need [Package.Lock].
type Package struct {
	pass     *analysis.Pass
	builder  *ssabuild.Builder
	lives    *ctxlife.Result
	mentions func() *mentions
	mu       sync.Mutex

	channels   *channels
	runs       *runs
	loops      map[*ssa.Function]*ssax.Loops
	stuck      map[Spawn]stuck
	keeps      map[*ssax.Loop]bool // that hold a goroutine forever; nil until somebody asks
	sends      *fixpoint.Solver[sending, int]
	tests      map[*ssa.Function]*tests
	held       map[ssa.Value]*Held
	orders     map[*ssa.Function][]int
	deeds      *fixpoint.Solver[Holder, Deeds]
	exposed    *exposed // nil until somebody asks
	built      map[*types.Var]bool
	departures map[departing][]Departure
	ahead      map[*ssa.Function]map[ssa.Instruction]Ahead
	left       map[*ssa.Function]*exits
	endless    map[*ssax.Loop]bool
	telling    *fixpoint.Solver[*ssa.Function, bool]
	cycles     map[Holder]bool
	unset      map[*ssa.Function][]bool
}

func run(pass *analysis.Pass) (any, error) {
	p := &Package{
		pass:    pass,
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		lives:   pass.ResultOf[ctxlife.Analyzer].(*ctxlife.Result),
		mentions: sync.OnceValue(func() *mentions {
			m := new(mentions)
			for _, f := range pass.Files {
				m.look(f)
			}
			return m
		}),
		loops:      make(map[*ssa.Function]*ssax.Loops),
		stuck:      make(map[Spawn]stuck),
		tests:      make(map[*ssa.Function]*tests),
		held:       make(map[ssa.Value]*Held),
		orders:     make(map[*ssa.Function][]int),
		departures: make(map[departing][]Departure),
		ahead:      make(map[*ssa.Function]map[ssa.Instruction]Ahead),
		left:       make(map[*ssa.Function]*exits),
		endless:    make(map[*ssax.Loop]bool),
		cycles:     make(map[Holder]bool),
		unset:      make(map[*ssa.Function][]bool),
	}
	p.deeds = p.newDeeds()
	p.sends = p.newSends()
	p.telling = fixpoint.NewBool(false, true, p.tellsIn)
	return p, nil
}

// Lock gives the caller exclusive use of the package until it calls the
// returned function: a driver may run several analyzers at the same time.
func (p *Package) Lock() (unlock func()) {
	p.mu.Lock()
	return p.mu.Unlock
}

// SSA returns the SSA form of the package.
func (p *Package) SSA() *ssabuild.SSA { return p.builder.SSA() }

// Loops returns the loops of fn.
func (p *Package) Loops(fn *ssa.Function) *ssax.Loops {
	l := p.loops[fn]
	if l == nil {
		l = ssax.LoopsOf(fn)
		p.loops[fn] = l
	}
	return l
}

// mentions says which statements the package has, so that a package without any
// that matter costs only a walk over its syntax.
type mentions struct {
	goroutines, receives, sends, endless bool
}

func (m *mentions) look(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectStmt:
			m.receives = true
		case *ast.SendStmt:
			m.sends = true
		case *ast.GoStmt:
			m.goroutines = true
		case *ast.ForStmt:
			m.endless = m.endless || n.Cond == nil
		case *ast.UnaryExpr:
			m.receives = m.receives || n.Op == token.ARROW
		}
		return true
	})
}

// Receives reports whether the package has a select statement or receives from a
// channel.
func (p *Package) Receives() bool { return p.mentions().receives }

// LoopsForever reports whether the package has a loop without a condition.
func (p *Package) LoopsForever() bool { return p.mentions().endless }

// Talks reports whether the package sends on a channel.
func (p *Package) Talks() bool { return p.mentions().sends }

// Starts reports whether the package has a go statement.
func (p *Package) Starts() bool { return p.mentions().goroutines }
