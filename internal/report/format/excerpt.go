package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

const (
	tabWidth     = 4
	defaultWidth = 160
)

// A cell is one character of a source line as a terminal shows it.
type cell struct {
	text   string
	width  int
	offset int // in the line, in bytes
}

// cells splits a source line into what is shown.
func cells(line string) []cell {
	var out []cell
	column := 0
	for offset := 0; offset < len(line); {
		var c cell
		n := 1
		if line[offset] == '\t' {
			spaces := tabWidth - column%tabWidth
			c = cell{strings.Repeat(" ", spaces), spaces, offset}
		} else {
			var text string
			text, n = visible.Rune(line[offset:])
			c = cell{text, visible.Columns(text), offset}
		}
		out = append(out, c)
		column += c.width
		offset += n
	}
	return out
}

// crop returns the part of a line, around the character at the byte offset,
// that fits into width columns, with dots for what is cut off.
func crop(line []cell, offset, width int) []cell {
	total, until := 0, 0 // columns of the line, and columns up to the character
	for _, c := range line {
		total += c.width
		if c.offset < offset {
			until += c.width
		}
	}
	const dots = "..."
	width = max(width, 4*len(dots))
	if total <= width {
		return line
	}
	from := min(max(until-width/3, 0), total-width)
	var out []cell
	column := 0
	for _, c := range line {
		start, end := column, column+c.width
		column = end
		switch {
		case end > from+width:
			return append(out, cell{dots, len(dots), c.offset})
		case from > 0 && out == nil && start >= from:
			out = append(out, cell{dots, len(dots), c.offset})
		case start >= from && (end <= from+width-len(dots) || total <= from+width):
			out = append(out, c)
		}
	}
	return out
}

// excerpt writes the source line of a range with a marker under the range, and
// the lines around it.
func (t *textWriter) excerpt(w io.Writer, start, end record.Position, color string) {
	file := t.Sources.File(start.File)
	if _, ok := file.Line(start.Line); !ok || t.Context < 0 {
		return
	}
	digits := len(fmt.Sprint(start.Line + t.Context))
	limit := t.Width
	if limit <= 0 {
		limit = defaultWidth
	}
	limit -= digits + len("   | ")
	for n := start.Line - t.Context; n <= start.Line+t.Context; n++ {
		line, ok := file.Line(n)
		if !ok {
			continue
		}
		offset := 0
		if n == start.Line {
			offset = start.Col - 1
		}
		shown := crop(cells(line), offset, limit)
		fmt.Fprintf(w, "  %s%s\n", t.paint(dim, fmt.Sprintf("%*d |", digits, n)), indentText(shown))
		if n == start.Line {
			if marker := marker(shown, line, start, end); marker != "" {
				fmt.Fprintf(w, "  %s %s\n", t.paint(dim, strings.Repeat(" ", digits)+" |"), t.paint(color, marker))
			}
		}
	}
}

func indentText(line []cell) string {
	var b strings.Builder
	for _, c := range line {
		b.WriteString(c.text)
	}
	if text := strings.TrimRight(b.String(), " "); text != "" {
		return " " + text
	}
	return ""
}

// marker returns the line that points at a range, or "" if the line shown does
// not have the column. A range over several lines is marked up to the line's
// end.
func marker(shown []cell, line string, start, end record.Position) string {
	from, to := start.Col-1, end.Col-1
	if from < 0 || from > len(line) {
		return ""
	}
	if end.Line > start.Line || end.File != start.File || to > len(line) {
		to = len(strings.TrimRight(line, " \t"))
	}
	before, under := 0, 0
	for _, c := range shown {
		switch {
		case c.offset < from:
			before += c.width
		case c.offset < to:
			under += c.width
		}
	}
	return strings.Repeat(" ", before) + "^" + strings.Repeat("~", max(under-1, 0))
}
