package ctxgraph

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// Build makes the graph of the functions of packages, which must have their
// syntax and types; ssaPkgs is their built SSA form. place formats a position.
func Build(pkgs []*packages.Package, prog *ssa.Program, place func(token.Position) string) *Graph {
	b := &builder{prog: prog, place: place, scopes: make(map[*ssa.Function]*scope), edges: make(map[edgeKey]*Edge)}
	for _, pkg := range pkgs {
		if pkg.IllTyped {
			continue
		}
		for _, file := range pkg.Syntax {
			for _, d := range file.Decls {
				if decl, ok := d.(*ast.FuncDecl); ok {
					b.declare(pkg, decl)
				}
			}
		}
	}
	b.methods = b.methodsByName()
	for _, s := range b.order {
		for _, fn := range s.funcs {
			b.function(s, fn)
		}
	}
	return b.graph()
}

type builder struct {
	prog    *ssa.Program
	place   func(token.Position) string
	scopes  map[*ssa.Function]*scope // of declared functions and all literals
	order   []*scope
	methods map[string][]*ssa.Function // of the packages, by name
	edges   map[edgeKey]*Edge
}

// A scope is a node with the functions that it stands for: a declared function
// or a goroutine's literal, and the literals in it that do not run as
// goroutines.
type scope struct {
	node   *Node
	funcs  []*ssa.Function
	parent *scope // of a goroutine
	active bool   // it has to do with contexts
	fresh  bool   // it uses a root
}

type edgeKey struct {
	from, to *Node
	kind     EdgeKind
	origin   Origin
}

func (b *builder) declare(pkg *packages.Package, decl *ast.FuncDecl) {
	obj, ok := pkg.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	fn := b.prog.FuncValue(obj)
	if fn == nil || fn.Blocks == nil {
		return
	}
	position := b.prog.Fset.Position(fn.Pos())
	n := &Node{Package: pkg.PkgPath, Title: symbol.Of(obj).String(), Type: ctxlib.ReceiverName(obj), Place: b.place(position)}
	if n.Type == "" {
		n.Type = position.Filename[strings.LastIndexAny(position.Filename, `/\`)+1:]
	}
	n.ID = pkg.PkgPath + "." + n.Title
	if n.Title == "init" || n.Title == "_" {
		n.ID += "@" + n.Place // there may be several
	}
	b.add(&scope{node: n}, fn)
}

// add puts a function and its literals into a scope; literals that run as
// goroutines get scopes of their own.
func (b *builder) add(s *scope, fn *ssa.Function) {
	if len(s.funcs) == 0 {
		b.order = append(b.order, s)
	}
	b.scopes[fn] = s
	s.funcs = append(s.funcs, fn)
	for _, lit := range fn.AnonFuncs {
		if !runsAsGoroutine(lit) {
			b.add(s, lit)
			continue
		}
		at := b.place(b.prog.Fset.Position(lit.Pos()))
		b.add(&scope{parent: s, node: &Node{
			ID: s.node.ID + " go " + lit.Name() + "@" + at, Kind: Goroutine,
			Title:   "go func, line " + at[strings.LastIndexByte(at, ':')+1:],
			Package: s.node.Package, Type: s.node.Type, Place: at,
		}}, lit)
	}
}

// runsAsGoroutine reports whether a literal is what a go statement calls, or is
// handed to a method that starts it.
func runsAsGoroutine(lit *ssa.Function) bool {
	for _, ref := range ssax.References(lit) {
		switch ref := ref.(type) {
		case *ssa.Go:
			return true
		case *ssa.Call:
			if isStarter(ssax.Callee(&ref.Call)) {
				return true
			}
		}
	}
	return false
}

// isStarter reports whether a method runs its function argument in a new
// goroutine.
func isStarter(fn *types.Func) bool {
	return ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", "Go", "TryGo") ||
		ctxlib.IsMethod(fn, "sync", "WaitGroup", "Go")
}

// typeName returns the name of a named type or a pointer to one, without its
// package.
func typeName(t types.Type) string {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj().Name()
	}
	return types.TypeString(t, func(*types.Package) string { return "" })
}

// methodsByName lists the methods that a call through an interface may reach.
func (b *builder) methodsByName() map[string][]*ssa.Function {
	methods := make(map[string][]*ssa.Function)
	for _, s := range b.order {
		if fn := s.funcs[0]; s.parent == nil && fn.Signature.Recv() != nil {
			methods[fn.Name()] = append(methods[fn.Name()], fn)
		}
	}
	return methods
}

// mostTargets is the largest number of methods that a call through an interface
// is drawn to reach. With more, the edges would say nothing about which one it
// is.
const mostTargets = 3

// targets returns the scopes that a call may run, as far as they are known.
func (b *builder) targets(call *ssa.CallCommon) []*scope {
	if !call.IsInvoke() {
		if s := b.scopes[ssax.Origin(ssax.Target(call.Value))]; s != nil {
			return []*scope{s}
		}
		return nil
	}
	iface, ok := call.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found []*scope
	for _, fn := range b.methods[call.Method.Name()] {
		if recv := fn.Signature.Recv().Type(); types.Implements(recv, iface) {
			found = append(found, b.scopes[fn])
		}
	}
	if len(found) > mostTargets {
		return nil
	}
	return found
}
