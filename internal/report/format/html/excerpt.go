package html

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/visible"
	"github.com/ctxlint/ctxlint/internal/util/declname"
)

// How much of the source the page includes.
const (
	around  = 4    // lines around each place, whatever they contain
	reach   = 20   // lines around each place in the same function
	maxLine = 1000 // bytes of each line
)

type (
	// A sourceFile is the part of a source file that the page includes.
	sourceFile struct {
		Name  string        `json:"name"`
		Funcs []declaration `json:"funcs"` // only those that contain a place of some finding
		Lines []sourceLine  `json:"lines"` // sorted
	}
	declaration struct {
		Name  string `json:"name"`
		First int    `json:"first"` // line
		Last  int    `json:"last"`
	}
	// A sourceLine is a line and its highlighting.
	sourceLine struct {
		number int
		text   string
		spans  []highlighted
	}
	highlighted struct{ from, to, class int }
)

// Classes of spans; the page's style knows them by number.
const (
	classKeyword = iota
	classString
	classNumber
	classComment
	classCall
	classPredeclared
)

// MarshalJSON writes the line as [number, text, from, to, class, from, ...].
func (l sourceLine) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(l.text)
	if err != nil {
		return nil, err
	}
	out := append(strconv.AppendInt([]byte("["), int64(l.number), 10), ',')
	out = append(out, text...)
	for _, s := range l.spans {
		for _, n := range [...]int{s.from, s.to, s.class} {
			out = strconv.AppendInt(append(out, ','), int64(n), 10)
		}
	}
	return append(out, ']'), nil
}

// shownText is a line of source as the page shows it: visible text, except that
// tabs stay.
type shownText struct {
	visible string
	columns []int // for each byte of the line, and its end, the column in visible
}

func newShownText(line string) shownText {
	cut := len(line) > maxLine
	if cut {
		n := maxLine
		for n > 0 && !utf8.RuneStart(line[n]) {
			n--
		}
		line = line[:n]
	}
	var b strings.Builder
	t := shownText{columns: make([]int, 0, len(line)+1)}
	column := 0
	for len(line) > 0 {
		text, n := "\t", 1
		if line[0] != '\t' {
			text, n = visible.Rune(line)
		}
		for range n {
			t.columns = append(t.columns, column)
		}
		for _, r := range text {
			column++
			if r > 0xFFFF {
				column++
			}
		}
		b.WriteString(text)
		line = line[n:]
	}
	t.columns = append(t.columns, column)
	if cut {
		b.WriteString(" ...")
	}
	t.visible = b.String()
	return t
}

// column returns the column of a byte offset, or that of the end for any offset
// beyond.
func (t shownText) column(offset int) int {
	return t.columns[max(0, min(offset, len(t.columns)-1))]
}

// An excerpt collects which lines of a file the page must include.
type excerpt struct {
	out    *sourceFile
	file   *source.File
	isGo   bool
	funcs  []declaration // all of the file
	index  map[int]int   // from funcs to those of out
	wanted map[int]bool  // lines
	parsed bool
}

func newExcerpt(out *sourceFile, path string, file *source.File) *excerpt {
	return &excerpt{
		out: out, file: file, isGo: strings.HasSuffix(path, ".go"),
		index: make(map[int]int), wanted: make(map[int]bool),
	}
}

// mark asks for the lines around a place; to is -1 for the end of the line.
func (s *excerpt) mark(file, line, from, to int) extent {
	r := extent{File: file, Line: line, Func: -1}
	text, ok := s.file.Line(line)
	if !ok {
		return r
	}
	shown := newShownText(text)
	if to < 0 {
		to = len(strings.TrimRight(text, " \t"))
	}
	if from >= 0 && from <= len(text) {
		r.From, r.To = shown.column(from), max(shown.column(from), shown.column(to))
	}
	for n := line - around; n <= line+around; n++ {
		s.wanted[n] = true
	}
	if r.Func = s.function(line); r.Func >= 0 {
		fn := s.out.Funcs[r.Func]
		s.wanted[fn.First] = true
		for n := max(fn.First, line-reach); n <= min(fn.Last, line+reach); n++ {
			s.wanted[n] = true
		}
	}
	return r
}

// function returns the index of the declaration that a line is in, or -1 if
// there is none.
func (s *excerpt) function(line int) int {
	if !s.parsed {
		s.parsed = true
		s.funcs = s.declarations()
	}
	i := slices.IndexFunc(s.funcs, func(f declaration) bool { return f.First <= line && line <= f.Last })
	if i < 0 {
		return -1
	}
	n, ok := s.index[i]
	if !ok {
		n = len(s.out.Funcs)
		s.index[i] = n
		s.out.Funcs = append(s.out.Funcs, s.funcs[i])
	}
	return n
}

// declarations returns the functions of the file, or as many as can be parsed.
func (s *excerpt) declarations() []declaration {
	if !s.isGo {
		return nil
	}
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, "", s.file.Content, parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	var funcs []declaration
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok {
			// The lines of the file itself count, not those of //line directives.
			first, last := fset.PositionFor(fn.Pos(), false), fset.PositionFor(fn.End(), false)
			funcs = append(funcs, declaration{visible.Text(declname.Func(fn)), first.Line, last.Line})
		}
	}
	return funcs
}

// fill gives the page the lines that it must include.
func (s *excerpt) fill() {
	var numbers []int
	for n := range s.wanted {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	spans := s.highlight()
	for _, n := range numbers {
		line, ok := s.file.Line(n)
		if !ok {
			continue
		}
		text := newShownText(line)
		out := sourceLine{number: n, text: text.visible}
		for _, span := range spans[n] {
			if from, to := text.column(span.from), text.column(span.to); from < to {
				out.spans = append(out.spans, highlighted{from, to, span.class})
			}
		}
		s.out.Lines = append(s.out.Lines, out)
	}
}

// highlight returns what to highlight in the wanted lines, with columns in
// bytes.
func (s *excerpt) highlight() map[int][]highlighted {
	spans := make(map[int][]highlighted)
	if !s.isGo {
		return spans
	}
	src := s.file.Content
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var sc scanner.Scanner
	sc.Init(file, src, nil, scanner.ScanComments)
	type name struct {
		text     string
		from, to int
	}
	var pending *name // an identifier, until the token after it is known
	for {
		pos, tok, lit := sc.Scan()
		from := file.Offset(pos)
		if pending != nil {
			switch {
			case tok == token.LPAREN && types.Universe.Lookup(pending.text) == nil:
				s.span(spans, pending.from, pending.to, classCall)
			case types.Universe.Lookup(pending.text) != nil:
				s.span(spans, pending.from, pending.to, classPredeclared)
			}
			pending = nil
		}
		if tok == token.EOF {
			return spans
		}
		to := literalEnd(src, from, lit)
		switch {
		case tok == token.IDENT:
			pending = &name{lit, from, to}
		case tok == token.COMMENT:
			s.span(spans, from, to, classComment)
		case tok == token.STRING, tok == token.CHAR:
			s.span(spans, from, to, classString)
		case tok.IsLiteral():
			s.span(spans, from, to, classNumber)
		case tok.IsKeyword():
			s.span(spans, from, to, classKeyword)
		}
	}
}

// literalEnd returns the offset after a token. The scanner omits carriage
// returns from the text of some tokens.
func literalEnd(src []byte, from int, lit string) int {
	i := from
	for j := 0; i < len(src) && j < len(lit); i++ {
		if src[i] == lit[j] {
			j++
		}
	}
	return i
}

// span adds the bytes from..to of the file, which may span several lines.
func (s *excerpt) span(spans map[int][]highlighted, from, to, class int) {
	for from < to {
		line, start := s.file.LineAt(from)
		text, ok := s.file.Line(line)
		if !ok {
			return
		}
		if s.wanted[line] {
			spans[line] = append(spans[line], highlighted{from - start, min(to-start, len(text)), class})
		}
		next, ok := s.file.Start(line + 1)
		if !ok {
			return
		}
		from = next
	}
}
