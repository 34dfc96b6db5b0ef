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
	if m, rel, ok := c.inModule(dir); ok {
		return path.Join(m.Path, rel)
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
		fn.ops = findOps(fset, decl)
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
