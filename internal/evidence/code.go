package evidence

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// A Package is a package whose code is the program's own.
type Package struct {
	ImportPath string
	Name       string
	Dir        string
}

// A Module is a main module, all packages of which are the program's own.
type Module struct{ Path, Dir string }

// code is the source of the program, as far as stacks lead into it.
type code struct {
	packages []Package
	modules  []Module
	sources  *source.Cache
	dirs     map[string]*directory // by path
	own      map[string]string     // directories by import path, "" for that of other code
}

// directory has the functions of a package, its tests included.
type directory struct {
	funcs map[string][]*function // by name
	files map[string][]*function // by the base name of the file
}

// function is a declared function, with the literals in it.
type function struct {
	pkg, name   string
	file        string // path
	first, last int    // lines
	ops         []op
}

// opKind is what a goroutine can be doing in a line.
type opKind uint8

const (
	opSend opKind = 1 << iota
	opReceive
	opSelect
	opGo
	opLoop
	opCall
)

// blocking are the operations that wait by themselves.
const blocking = opSend | opReceive | opSelect

// op is an operation in a function.
type op struct {
	kind        opKind
	first, last int // lines in which a stack may show it; of a loop, all of its lines

	// Of a go statement, or a call of a method Go: the lines of the literal that runs, or
	// the name of the function.
	bodyFirst, bodyLast int
	callee              string
}

func (o op) has(line int) bool { return o.first <= line && line <= o.last }

// owns reports whether an import path is that of the program's own code, and in which
// directory it is.
func (c *code) owns(importPath string) (dir string, ok bool) {
	dir, known := c.own[importPath]
	if !known {
		dir = c.directoryOf(importPath)
		c.own[importPath] = dir
	}
	return dir, dir != ""
}

// directoryOf returns the directory of a package of the program's own code, "" if it is
// not of that.
func (c *code) directoryOf(importPath string) string {
	plain := strings.TrimSuffix(importPath, "_test")
	for _, p := range c.packages {
		if p.ImportPath == importPath || p.ImportPath == plain {
			return p.Dir
		}
	}
	for _, m := range c.modules {
		for _, p := range []string{importPath, plain} {
			if p == m.Path {
				return m.Dir
			}
			if below, ok := strings.CutPrefix(p, m.Path+"/"); ok && filepath.IsLocal(filepath.FromSlash(below)) {
				dir := filepath.Join(m.Dir, filepath.FromSlash(below))
				if info, err := os.Stat(dir); err == nil && info.IsDir() {
					return dir
				}
			}
		}
	}
	return ""
}

// importPath returns the import path of the package in a directory.
func (c *code) importPath(dir string) string {
	for _, p := range c.packages {
		if p.Dir == dir {
			return p.ImportPath
		}
	}
	for _, m := range c.modules {
		if rel, err := filepath.Rel(m.Dir, dir); err == nil && filepath.IsLocal(rel) {
			return path.Join(m.Path, filepath.ToSlash(rel))
		}
	}
	return ""
}

// commands returns the directories of packages that are commands, in which functions of
// a package main may be.
func (c *code) commands() []Package {
	var out []Package
	for _, p := range c.packages {
		if p.Name == "main" {
			out = append(out, p)
		}
	}
	return out
}

// at returns the function that a line of a file is in, nil if there is none.
func (c *code) at(file string, line int) *function {
	for _, fn := range c.directory(filepath.Dir(file)).files[filepath.Base(file)] {
		if fn.first <= line && line <= fn.last {
			return fn
		}
	}
	return nil
}

// lookup returns the function with a name in a directory: the one in the file, if several
// have the name.
func (c *code) lookup(dir, name, base string) *function {
	funcs := c.directory(dir).funcs[name]
	if i := slices.IndexFunc(funcs, func(f *function) bool { return filepath.Base(f.file) == base }); i >= 0 {
		return funcs[i]
	}
	if len(funcs) == 1 {
		return funcs[0]
	}
	return nil
}

func (c *code) directory(dir string) *directory {
	if d := c.dirs[dir]; d != nil {
		return d
	}
	d := &directory{make(map[string][]*function), make(map[string][]*function)}
	c.dirs[dir] = d
	importPath := c.importPath(dir)
	if importPath == "" {
		return d // named by a //line directive
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return d
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !e.IsDir() {
			for _, fn := range c.parse(filepath.Join(dir, name)) {
				fn.pkg = importPath
				d.funcs[fn.name] = append(d.funcs[fn.name], fn)
				d.files[name] = append(d.files[name], fn)
			}
		}
	}
	return d
}

// parse returns the functions of a file, and the literals outside of functions under the
// name "".
func (c *code) parse(name string) []*function {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, name, c.sources.File(name).Content, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	var out []*function
	for _, decl := range file.Decls {
		fn := &function{file: name, first: fset.Position(decl.Pos()).Line, last: fset.Position(decl.End()).Line}
		if d, ok := decl.(*ast.FuncDecl); ok {
			if d.Body == nil {
				continue
			}
			fn.name = plain(declname.Func(d))
		}
		fn.ops = opsOf(fset, decl)
		out = append(out, fn)
	}
	return out
}

// plain returns the name of a declaration without type parameters.
func plain(name string) string {
	if i := strings.IndexByte(name, '['); i >= 0 {
		if j := strings.LastIndexByte(name, ']'); j > i {
			return name[:i] + name[j+1:]
		}
	}
	return name
}

// opsOf returns the operations in a declaration, in the order of the source.
func opsOf(fset *token.FileSet, decl ast.Node) []op {
	var ops []op
	line := func(pos token.Pos) int { return fset.Position(pos).Line }
	add := func(kind opKind, from, to token.Pos) *op {
		ops = append(ops, op{kind: kind, first: line(from), last: line(to)})
		return &ops[len(ops)-1]
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt:
			add(opSend, n.Pos(), n.End())
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				add(opReceive, n.Pos(), n.End())
			}
		case *ast.SelectStmt:
			o := add(opSelect, n.Pos(), n.Pos())
			for _, clause := range n.Body.List {
				// The position of a case stands for the select, which is where a stack is.
				if comm := clause.(*ast.CommClause); comm.Comm != nil {
					ops = append(ops, op{kind: opSelect, first: line(comm.Pos()), last: line(comm.Comm.End()), bodyFirst: o.first})
				}
			}
		case *ast.RangeStmt:
			add(opReceive, n.Pos(), n.X.End()) // if it is over a channel
			add(opLoop, n.Pos(), n.End())
		case *ast.ForStmt:
			add(opLoop, n.Pos(), n.End())
		case *ast.GoStmt:
			runs(fset, add(opGo, n.Pos(), n.Call.Pos()), n.Call, n.Call.Fun)
			ops[len(ops)-1].last = max(ops[len(ops)-1].last, line(n.Call.Lparen))
		case *ast.CallExpr:
			o := add(opCall, n.Pos(), n.Lparen)
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" && len(n.Args) == 1 {
				runs(fset, o, n, n.Args[0])
			}
		}
		return true
	})
	return ops
}

// runs notes what a goroutine that is started runs.
func runs(fset *token.FileSet, o *op, call *ast.CallExpr, fn ast.Expr) {
	switch fn := ast.Unparen(fn).(type) {
	case *ast.FuncLit:
		o.bodyFirst, o.bodyLast = fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line
	case *ast.Ident:
		o.callee = fn.Name
	case *ast.SelectorExpr:
		o.callee = fn.Sel.Name
	case *ast.IndexExpr:
		runs(fset, o, call, fn.X)
	}
}

// roots are the directories that modules had in a build, by those that they have here.
type roots map[string]map[string]bool

// rootsOf returns the roots of the build that a snapshot is of: what is left of the
// directory of a file without that of its package in the module. The name of a command's
// package, which is main everywhere, says nothing about it.
func (c *code) rootsOf(s *snapshot.Snapshot) roots {
	built := make(roots)
	for _, st := range s.Stacks {
		for _, f := range st.Frames {
			if f.Package == "main" {
				continue
			}
			dir, ok := c.owns(f.Package)
			if !ok {
				continue
			}
			module, rel, ok := c.inModule(dir)
			if !ok {
				continue
			}
			root, ok := rootOf(f.File, rel)
			if !ok {
				continue
			}
			if built[module] == nil {
				built[module] = make(map[string]bool)
			}
			built[module][root] = true
		}
	}
	return built
}

// inModule returns the directory of the module that a directory is in, and the path from
// there.
func (c *code) inModule(dir string) (module, rel string, ok bool) {
	for _, m := range c.modules {
		if r, err := filepath.Rel(m.Dir, dir); err == nil && filepath.IsLocal(r) && len(m.Dir) > len(module) {
			module, ok = m.Dir, true
		}
	}
	rel, _ = filepath.Rel(module, dir)
	return module, filepath.ToSlash(rel), ok
}

// isCommand reports whether a frame of a package main is of a command: where its module
// was in the build, as far as other frames tell, and else in a directory that fits.
func (c *code) isCommand(f snapshot.Frame, p Package, built roots) bool {
	module, rel, ok := c.inModule(p.Dir)
	if !ok || len(built[module]) == 0 {
		return sameDir(f.File, p.Dir, p.ImportPath)
	}
	root, ok := rootOf(f.File, rel)
	return ok && built[module][root]
}

// rootOf returns the directory of a module in a build, from a file in a directory of it.
func rootOf(file, rel string) (root string, ok bool) {
	below := strings.TrimSuffix(path.Join("/", rel), "/")
	root, ok = strings.CutSuffix(path.Join("/", path.Dir(file)), below)
	return strings.TrimSuffix(root, "/"), ok
}

// sameDir reports whether a file as a build names it may be in a directory of ours: it is
// there, or in one of the same name, or below the import path.
func sameDir(file, dir, importPath string) bool {
	d := path.Dir(file)
	return d == filepath.ToSlash(dir) || path.Base(d) == filepath.Base(dir) || d == importPath || strings.HasPrefix(d, importPath+"@")
}
