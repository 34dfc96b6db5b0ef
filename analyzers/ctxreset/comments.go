package ctxreset

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// commentIndex finds comments that say that a context is fresh on purpose.
type commentIndex struct {
	pass  *analysis.Pass
	files map[*token.File]*explanations // of the files that were asked about
}

// explanations are the comments of a file that say why a context is a fresh one.
type explanations struct {
	lines map[int]bool    // that end or hold such a comment
	funcs []*ast.FuncDecl // those with a comment that is plain
}

// explains reports whether a comment on the line of pos, or right above it, says
// why the context is a fresh one, or one elsewhere in the function says so in as
// many words.
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
		if isPlain(text) {
			if decl := enclosingFunc(f, group); decl != nil {
				in.funcs = append(in.funcs, decl)
			}
		}
		if explanation(text) {
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
		// A comment above a statement tells of what its body begins with.
		if body != nil && len(body.List) > 0 && in.lines[file.Line(n.Pos())-1] {
			in.lines[file.Line(body.List[0].Pos())] = true
		}
		return true
	})
}

// reasons are what people write where they detach work on purpose.
var reasons = []string{
	"detach", "deliberate", "intentional", "on purpose", "outlive", "survive", "independent of", "even if", "even when",
	"regardless of", "not be cancel", "not be tied", "not tied", "don't cancel", "do not cancel", "must not cancel", "shouldn't cancel",
	"should not cancel", "already cancel", "may be cancel", "might be cancel", "could be cancel", "been cancel", "is cancel", "gets cancel", "not to be cancel",
	"background context", "new context", "fresh context", "separate context", "own context", "different context", "fresh ctx", "separate ctx", "own ctx",
	"background, not", "not r.context", "client disconnect", "client has gone", "client goes away", "orphan",
	"context.background", "background()", "instead of ctx", "instead of the request", "best effort", "best-effort", "fire and forget", "fire-and-forget",
}

// explanation reports whether the text of a comment gives a reason for a fresh context. An
// admission that one is missing is none.
func explanation(text string) bool {
	if strings.Contains(text, "todo") || strings.Contains(text, "fixme") {
		return false
	}
	for _, r := range reasons {
		if strings.Contains(text, r) {
			return true
		}
	}
	return false
}

// isPlain reports whether a comment says both that something is meant and that it
// is a context of its own.
func isPlain(text string) bool {
	meant := strings.Contains(text, "deliberate") || strings.Contains(text, "intentional") || strings.Contains(text, "on purpose")
	return meant && (strings.Contains(text, "context.background") || strings.Contains(text, "context.todo") || strings.Contains(text, "background context") || strings.Contains(text, "detached context"))
}

func enclosingFunc(f *ast.File, group *ast.CommentGroup) *ast.FuncDecl {
	for _, d := range f.Decls {
		if decl, ok := d.(*ast.FuncDecl); ok && decl.Pos() <= group.Pos() && group.End() <= decl.End() {
			return decl
		}
	}
	return nil
}

// text returns what a comment says, in lower case and on one line.
func text(group *ast.CommentGroup) string {
	var b strings.Builder
	for _, c := range group.List {
		if strings.HasPrefix(c.Text, "// want") {
			continue // what a fixture expects is not part of the program
		}
		b.WriteString(strings.ToLower(c.Text))
		b.WriteByte(' ')
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "//", " ")), " ")
}
