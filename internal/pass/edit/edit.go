// Package edit helps to write suggested fixes: it reads the text of expressions, and
// makes a file import what a fix mentions.
package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// A Source reads the files of one package, each once. It is not safe for concurrent
// use.
type Source struct {
	pass  *analysis.Pass
	files map[string][]byte
}

// NewSource returns the source of the package of pass.
func NewSource(pass *analysis.Pass) *Source {
	return &Source{pass, make(map[string][]byte)}
}

// Between returns the text between two positions of one file, nil if it cannot be read,
// or is not a file of the package.
func (s *Source) Between(pos, end token.Pos) []byte {
	if FileOf(s.pass, pos) == nil {
		return nil // export data may name any file
	}
	file := s.pass.Fset.File(pos)
	src, ok := s.files[file.Name()]
	if !ok {
		read := s.pass.ReadFile
		if read == nil {
			read = os.ReadFile
		}
		src, _ = read(file.Name()) // without it there is no fix
		if len(src) != file.Size() {
			src = nil // it has changed since it was parsed
		}
		s.files[file.Name()] = src
	}
	if file.Offset(end) > len(src) {
		return nil
	}
	return src[file.Offset(pos):file.Offset(end)]
}

// Text returns the text of a node, "" if it cannot be read.
func (s *Source) Text(n ast.Node) string { return string(s.Between(n.Pos(), n.End())) }

// FileOf returns the file that pos is in, nil if it is in none of the package.
func FileOf(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// Import returns by what name code at pos can mention the members of the package of
// the standard library with the given import path, and the edits that make the file
// import it, none if it does already. It fails where the name means something else,
// unless that is a package whose members can stand in for those that are given.
func Import(pass *analysis.Pass, pos token.Pos, importPath string, members ...string) (name string, edits []analysis.TextEdit, ok bool) {
	file := FileOf(pass, pos)
	if file == nil {
		return "", nil, false
	}
	name = path.Base(importPath)
	for _, spec := range file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
			continue
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		return name, nil, name != "_" && name != "." && means(pass, file, pos, name, importPath, members)
	}
	in := innermost(pass, file, pos)
	if in == nil {
		return "", nil, false
	}
	if _, obj := in.LookupParent(name, token.NoPos); obj != nil {
		return name, nil, means(pass, file, pos, name, importPath, members)
	}
	e, ok := importEdit(file, importPath)
	return name, []analysis.TextEdit{e}, ok
}

func innermost(pass *analysis.Pass, file *ast.File, pos token.Pos) *types.Scope {
	if s := pass.TypesInfo.Scopes[file]; s != nil {
		return s.Innermost(pos)
	}
	return nil
}

// means reports whether name is, at pos, the package with the given path, or one whose
// members can stand in for its members.
func means(pass *analysis.Pass, file *ast.File, pos token.Pos, name, importPath string, members []string) bool {
	in := innermost(pass, file, pos)
	if in == nil {
		return false
	}
	_, obj := in.LookupParent(name, pos)
	pkg, ok := obj.(*types.PkgName)
	if !ok {
		return false
	}
	if pkg.Imported().Path() == importPath {
		return true
	}
	for _, m := range members {
		if !sameMember(pkg.Imported(), importPath, m) {
			return false
		}
	}
	return len(members) > 0
}

// sameMember reports whether pkg has a function that can stand in for one of the
// standard library: Is of two errors, as libraries have it that add to package errors.
func sameMember(pkg *types.Package, importPath, member string) bool {
	fn, ok := pkg.Scope().Lookup(member).(*types.Func)
	if !ok || importPath != "errors" || member != "Is" {
		return false
	}
	sig, err := fn.Signature(), types.Universe.Lookup("error").Type()
	return sig.Params().Len() == 2 && sig.Results().Len() == 1 &&
		types.Identical(sig.Params().At(0).Type(), err) && types.Identical(sig.Params().At(1).Type(), err) &&
		types.Identical(sig.Results().At(0).Type(), types.Typ[types.Bool])
}

// importEdit returns the edit that adds an import. It stands before the first import
// of the standard library, where gofmt sorts it in; it fails if there is none.
func importEdit(file *ast.File, importPath string) (analysis.TextEdit, bool) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok || decl.Tok != token.IMPORT {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ImportSpec)
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil || p == "C" || !scope.IsStandardPath(p) {
				continue
			}
			pos, text := spec.Pos(), strconv.Quote(importPath)+"\n\t"
			if spec.Doc != nil {
				pos = spec.Doc.Pos()
			}
			if !decl.Lparen.IsValid() {
				if decl.Doc != nil {
					return analysis.TextEdit{}, false
				}
				pos, text = decl.Pos(), "import "+strconv.Quote(importPath)+"\n"
			}
			return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}, true
		}
	}
	return analysis.TextEdit{}, false
}

// Unused returns the edits that drop the import of a package, of the standard library,
// that the file would not use any more once the code at pos does without it. They are
// none if the file uses it elsewhere, too. It fails where no edit can be sure to do
// that.
func Unused(pass *analysis.Pass, pos token.Pos, importPath string) (edits []analysis.TextEdit, ok bool) {
	file := FileOf(pass, pos)
	if file == nil {
		return nil, false
	}
	uses := 0
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if pkg, ok := pass.TypesInfo.Uses[id].(*types.PkgName); ok && pkg.Imported().Path() == importPath {
				uses++
			}
		}
		return true
	})
	if uses != 1 {
		return nil, uses > 1
	}
	for _, d := range file.Decls {
		decl, isImport := d.(*ast.GenDecl)
		if !isImport || decl.Tok != token.IMPORT || len(decl.Specs) < 2 {
			continue
		}
		for _, s := range decl.Specs {
			spec := s.(*ast.ImportSpec)
			if p, err := strconv.Unquote(spec.Path.Value); err == nil && p == importPath && spec.Doc == nil && spec.Comment == nil {
				return lineEdit(pass.Fset.File(spec.Pos()), spec), true
			}
		}
	}
	return nil, false
}

// lineEdit returns the edit that deletes the line of a node, which is alone there.
func lineEdit(file *token.File, n ast.Node) []analysis.TextEdit {
	line := file.PositionFor(n.Pos(), false).Line
	if line >= file.LineCount() {
		return nil
	}
	return []analysis.TextEdit{{Pos: file.LineStart(line), End: file.LineStart(line + 1)}}
}
