package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
)

// An edit is a change of one file.
type edit struct {
	file        string
	before, now []byte
}

func (e edit) apply() error  { return os.WriteFile(e.file, e.now, 0o666) }
func (e edit) revert() error { return os.WriteFile(e.file, e.before, 0o666) }

// chooseEdits picks the package in the middle of the import graph, on which as
// close as possible to half of the packages depend, and a file in it that has
// an exported function.
func (t *target) chooseEdits(pkgs []listedPackage) error {
	dependents := make(map[string]int)
	for _, p := range pkgs {
		for _, dep := range p.Deps {
			dependents[dep]++
		}
	}
	distance := func(p listedPackage) int {
		d := 2*dependents[p.ImportPath] - len(pkgs)
		return max(d, -d)
	}
	byDistance := slices.Clone(pkgs)
	slices.SortStableFunc(byDistance, func(a, b listedPackage) int { return distance(a) - distance(b) })
	for _, p := range byDistance {
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			src, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			changed, ok := editBody(src)
			if !ok {
				continue
			}
			t.Edited, t.Dependents = p.ImportPath, dependents[p.ImportPath]
			t.edits = map[situation]edit{
				commentAdded: {file, src, editComment(src)},
				bodyChanged:  {file, src, changed},
			}
			return nil
		}
	}
	return errors.New("no exported function to edit")
}

// editComment appends a comment to the source of a file.
func editComment(src []byte) []byte {
	return fmt.Appendf(slices.Clone(src), "\n// Edited for a benchmark.\n")
}

// editBody adds a statement, which has no effect but changes the compiled code,
// to the first exported function of a file. It returns false if there is none.
func editBody(src []byte) ([]byte, bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, false
	}
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.IsExported() && fn.Body != nil {
			after := fset.Position(fn.Body.Lbrace).Offset + 1
			return slices.Insert(slices.Clone(src), after, []byte("\n\tdefer func() {}()\n")...), true
		}
	}
	return nil, false
}
