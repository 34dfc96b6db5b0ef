package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
)

func isGenerated(content []byte) bool {
	f, err := parser.ParseFile(token.NewFileSet(), "", content, parser.ParseComments|parser.PackageClauseOnly)
	return err != nil || ast.IsGenerated(f)
}

// extend adds lines at the top of a file and a function at its end. A build
// constraint may follow comments, but directives and C code must not be
// separated from what they belong to.
func extend(content []byte, n int) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "// This file was edited to see what becomes of findings below.\n//\n// It is number %d.\n\n", n)
	out.Write(content)
	fmt.Fprintf(&out, "\n\nfunc ctxlintEdited%d(s string) int {\n\treturn len(s)\n}\n", n)
	return out.Bytes()
}

const columns = 60

// wrap breaks lines after commas and binary operators that are beyond a column.
// That changes no token: none of these ends a statement. Lines that end in a
// comment stay as they are, since the comment may be about the line.
func wrap(content []byte) []byte {
	commented := commentedLines(content)
	var out bytes.Buffer
	last, lineStart := 0, 0
	eachToken(content, func(offset, line int, tok token.Token) {
		if i := bytes.LastIndexByte(content[last:offset], '\n'); i >= 0 {
			lineStart = last + i + 1
		}
		end := offset + len(tok.String())
		if offset-lineStart < columns || commented[line] || !breaksAfter(tok) || end == len(content) || content[end] == '\n' {
			return
		}
		out.Write(content[last:end])
		out.WriteByte('\n')
		last, lineStart = end, end
	})
	out.Write(content[last:])
	return out.Bytes()
}

func breaksAfter(tok token.Token) bool {
	switch tok {
	case token.COMMA, token.LAND, token.LOR, token.EQL, token.NEQ, token.ASSIGN, token.DEFINE:
		return true
	}
	return false
}

// commentedLines returns the lines that have a comment on them.
func commentedLines(content []byte) map[int]bool {
	lines := make(map[int]bool)
	eachToken(content, func(_, line int, tok token.Token) {
		if tok == token.COMMENT {
			lines[line] = true
		}
	})
	return lines
}

func eachToken(content []byte, f func(offset, line int, tok token.Token)) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(content))
	s.Init(file, content, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, _ := s.Scan()
		if tok == token.EOF {
			return
		}
		f(file.Offset(pos), file.Line(pos), tok)
	}
}
