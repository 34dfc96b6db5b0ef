package vettool

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// loaded is a type-checked unit.
type loaded struct {
	fset     *token.FileSet
	files    []*ast.File
	content  map[string][]byte // of the files, by their names for the parser
	types    *types.Package
	info     *types.Info
	sizes    types.Sizes
	packages map[string]*types.Package // by path, all packages that export data mentioned
}

// A sourceError says that the unit's source is at fault, rather than the tool
// or its input. It wraps a [types.Error] or a [scanner.ErrorList].
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// NewInfo returns an Info with everything that analyzers ask for.
func NewInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
}

// load parses and type-checks the unit, with different contents for the files
// in replaced, which may be nil. It stops at the first error.
func load(cfg config, in *unit.Imports, replaced map[string][]byte) (*loaded, error) {
	p := &loaded{
		fset:     token.NewFileSet(),
		content:  make(map[string][]byte),
		sizes:    types.SizesFor("gc", build.Default.GOARCH),
		packages: make(map[string]*types.Package),
		info:     NewInfo(),
	}
	for _, name := range cfg.GoFiles {
		content, ok := replaced[name]
		if !ok {
			var err error
			if content, err = os.ReadFile(name); err != nil {
				return nil, err
			}
		}
		p.content[name] = content
		f, err := parser.ParseFile(p.fset, name, content, parser.ParseComments|parser.SkipObjectResolution)
		if list, ok := err.(scanner.ErrorList); ok {
			return nil, sourceError{list}
		}
		if err != nil {
			return nil, err
		}
		p.files = append(p.files, f)
	}
	im := &importer{cfg: cfg, in: in, loaded: p}
	tc := &types.Config{
		Importer:  im,
		Sizes:     p.sizes,
		GoVersion: cfg.GoVersion,
	}
	var err error
	p.types, err = tc.Check(cfg.ImportPath, p.fset, p.files, p.info)
	if err != nil && im.failure == nil {
		err = sourceError{err}
	}
	return p, err
}

// importer reads the types of the unit's imports, from the compiler's export
// data or else from the imports' fact files.
type importer struct {
	cfg config
	in  *unit.Imports
	*loaded
	failure error // the first one
}

func (im *importer) Import(importPath string) (*types.Package, error) {
	pkg, err := im.read(importPath)
	im.failure = cmp.Or(im.failure, err)
	return pkg, err
}

func (im *importer) read(importPath string) (*types.Package, error) {
	path, ok := im.cfg.ImportMap[importPath] // handles vendoring and test variants
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", importPath)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := im.packages[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	name := im.cfg.PackageFile[path]
	if data := im.in.Types[path]; name == "" && data != nil {
		return gcexportdata.Read(bytes.NewReader(data), im.fset, im.packages, path)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("no export data for %q: %v", path, err)
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("export data of %q: %v", path, err)
	}
	return gcexportdata.Read(r, im.fset, im.packages, path)
}

// setTypes adds pkg's export data to the file.
func setTypes(x *unit.FactFile, fset *token.FileSet, pkg *types.Package) error {
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return fmt.Errorf("exporting the types of %s: %v", pkg.Path(), err)
	}
	x.Types = buf.Bytes()
	return nil
}
