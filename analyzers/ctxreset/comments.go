package ctxreset

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/model/words"
)

// commentIndex finds comments that say in plain words that a context is fresh on
// purpose. They make notes of findings; see [words.SaysDetached].
type commentIndex struct {
	pass  *analysis.Pass
	files map[*token.File]*explanations // of the files that were asked about
}

// explanations are the comments of a file that say why a context is fresh.
type explanations struct {
	lines map[int]bool    // that end or hold such a comment
	funcs []*ast.FuncDecl // those with a comment that says so explicitly
}

// explains reports whether a comment on the line of pos, or right above it, says
// why the context is fresh, or one elsewhere in the function says so explicitly. So
// does a doc comment that says that the function runs when something ends.
func (x *commentIndex) explains(pos token.Pos) bool {
	file := x.pass.Fset.File(pos)
	if file == nil {
		return false
	}
	in := x.in(file)
	for _, decl := range in.funcs {
		if decl.Pos() <= pos && pos < decl.End() {
			return true
		}
	}
	line := file.Line(pos)
	return in.lines[line] || in.lines[line-1]
}

func (x *commentIndex) in(file *token.File) *explanations {
	if in, ok := x.files[file]; ok {
		return in
	}
	in := &explanations{lines: make(map[int]bool)}
	x.files[file] = in
	for _, f := range x.pass.Files {
		if x.pass.Fset.File(f.FileStart) == file {
			in.read(f, file)
		}
	}
	return in
}

func (in *explanations) read(f *ast.File, file *token.File) {
	for _, group := range f.Comments {
		text := text(group)
		if decl := enclosingFunc(f, group); decl != nil && (words.SaysFreshOnPurpose(text) || decl.Doc == group && words.SaysAtEnd(text)) {
			in.funcs = append(in.funcs, decl)
		}
		if words.SaysDetached(text) {
			for line := file.Line(group.Pos()); line <= file.Line(group.End()); line++ {
				in.lines[line] = true
			}
		}
	}
	if len(in.lines) == 0 {
		return
	}
	ast.Inspect(f, func(n ast.Node) bool {
		var body *ast.BlockStmt
		switch n := n.(type) {
		case *ast.IfStmt:
			body = n.Body
		case *ast.ForStmt:
			body = n.Body
		case *ast.RangeStmt:
			body = n.Body
		}
		// A comment above a statement also speaks of what its body begins with.
		if body != nil && len(body.List) > 0 && in.lines[file.Line(n.Pos())-1] {
			in.lines[file.Line(body.List[0].Pos())] = true
		}
		return true
	})
}

func enclosingFunc(f *ast.File, group *ast.CommentGroup) *ast.FuncDecl {
	for _, d := range f.Decls {
		if decl, ok := d.(*ast.FuncDecl); ok && (decl.Doc == group || decl.Pos() <= group.Pos() && group.End() <= decl.End()) {
			return decl
		}
	}
	return nil
}

// text returns what a comment says to people. Directives speak to tools, and what
// a fixture expects is not part of the program.
func text(group *ast.CommentGroup) string {
	said := &ast.CommentGroup{}
	for _, c := range group.List {
		if !strings.HasPrefix(c.Text, "// want") {
			said.List = append(said.List, c)
		}
	}
	if said.List == nil {
		return ""
	}
	return said.Text()
}
