package fingerprint

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// A File finds the code that identifies a finding in a source file.
type File struct {
	content []byte
	syntax  *ast.File // nil if the file is not Go
	file    *token.File
}

// NewFile returns a File with the given content, which need not be Go: a //line
// directive in generated code can name any file.
func NewFile(content []byte) *File {
	f := &File{content: content}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "", content, parser.SkipObjectResolution)
	if err == nil {
		f.syntax, f.file = syntax, fset.File(syntax.FileStart)
	}
	return f
}

// Anchor returns the code of the smallest statement, declaration, field or
// element of a literal that covers the range from start to end, and the code of
// the range itself. Both are lists of tokens, without comments, without commas
// and semicolons that formatting adds, and without the statements in nested
// blocks: a finding about a loop or a function stays the same when the body
// changes.
//
// In a file that is not Go it returns the lines around start.
func (f *File) Anchor(start, end Place) (statement, subject string) {
	if f.syntax == nil {
		return withoutSpace(f.line(start.Line)), ""
	}
	from, to := f.offset(start), f.offset(end)
	to = max(from, to)
	node := f.smallest(from, to)
	inner := f.blocks(node)
	return f.tokens(f.offsetOf(node.Pos()), f.offsetOf(node.End()), inner), f.tokens(from, to, inner)
}

// Root returns the function around a place and, as [File.Anchor] does, the code
// of the smallest statement or the like there, or "" if that is not known. A
// place at the start of a line stands for what the line starts with.
func (f *File) Root(p Place) (fn, statement string) {
	if f.syntax == nil || p.Line < 1 || p.Line > f.file.LineCount() {
		return "", ""
	}
	at := f.offset(p)
	if p.Col <= 1 {
		for at < len(f.content) && (f.content[at] == ' ' || f.content[at] == '\t') {
			at++
		}
	}
	for _, decl := range f.syntax.Decls {
		if fd, ok := decl.(*ast.FuncDecl); ok && f.offsetOf(fd.Pos()) <= at && at < f.offsetOf(fd.End()) {
			fn = declname.Func(fd)
		}
	}
	node := f.smallest(at, at)
	if node == ast.Node(f.syntax) {
		return "", "" // there is no code
	}
	return fn, f.tokens(f.offsetOf(node.Pos()), f.offsetOf(node.End()), f.blocks(node))
}

// A Place is a line and a column in bytes; both count from 1.
type Place struct{ Line, Col int }

func (f *File) offsetOf(pos token.Pos) int { return f.file.Offset(pos) }

// offset returns the offset of a place, or of the nearest one if there is no
// such place.
func (f *File) offset(p Place) int {
	line := min(max(p.Line, 1), f.file.LineCount())
	return min(f.offsetOf(f.file.LineStart(line))+max(p.Col-1, 0), len(f.content))
}

// smallest returns the smallest suitable node around a range.
func (f *File) smallest(from, to int) ast.Node {
	var best ast.Node = f.syntax
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		if n == nil || n == f.syntax {
			return n != nil
		}
		if f.offsetOf(n.Pos()) > from || f.offsetOf(n.End()) < to || f.offsetOf(n.End()) <= from {
			return false
		}
		switch n.(type) {
		case *ast.BlockStmt, *ast.LabeledStmt:
		case ast.Stmt, ast.Decl, ast.Spec, *ast.Field, *ast.KeyValueExpr, *ast.CompositeLit:
			best = n
		}
		return true
	})
	return best
}

// A span is a range of offsets.
type span struct{ from, to int }

// blocks returns the insides of the outermost blocks below a node.
func (f *File) blocks(node ast.Node) []span {
	var all []span
	add := func(from, to token.Pos) { all = append(all, span{f.offsetOf(from), f.offsetOf(to)}) }
	ast.Inspect(node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			add(n.Lbrace+1, n.Rbrace)
			return false
		case *ast.CaseClause:
			add(n.Colon+1, n.End())
		case *ast.CommClause:
			add(n.Colon+1, n.End())
		}
		return true
	})
	return all
}

// tokens returns the tokens between two offsets that are in none of the spans.
func (f *File) tokens(from, to int, without []span) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	source := f.content[from:to]
	file := fset.AddFile("", -1, len(source))
	s.Init(file, source, func(token.Position, string) {}, 0)
	var out []string
	for {
		pos, tok, text := s.Scan()
		at := from + file.Offset(pos)
		switch {
		case tok == token.EOF:
			return strings.Join(out, " ")
		case tok == token.SEMICOLON,
			slices.ContainsFunc(without, func(s span) bool { return s.from <= at && at < s.to }):
			continue
		case tok == token.RPAREN || tok == token.RBRACK || tok == token.RBRACE:
			if n := len(out); n > 0 && out[n-1] == "," {
				out = out[:n-1]
			}
		}
		if text == "" || tok.IsOperator() {
			text = tok.String()
		}
		out = append(out, strings.ReplaceAll(text, "\r\n", "\n"))
	}
}

func (f *File) line(n int) string {
	i := 1
	for line := range strings.Lines(string(f.content)) {
		if i == n {
			return line
		}
		i++
	}
	return ""
}

func withoutSpace(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, line)
}
