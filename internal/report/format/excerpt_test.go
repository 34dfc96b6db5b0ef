package format_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/width"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

// excerpt returns the source line and the marker that text shows for a range of
// a file with one line.
func excerpt(t *testing.T, line string, start, end, columns int) (shown, marker string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(file, []byte(line+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	r := &report.Report{Findings: []*report.Finding{{Finding: record.Finding{
		Pos: record.Position{File: file, Line: 1, Col: start + 1},
		End: record.Position{File: file, Line: 1, Col: end + 1},
	}}}}
	var out bytes.Buffer
	if err := format.Text(&out, r, &format.Options{Sources: source.NewCache(sourcetest.Below(t, filepath.Dir(file)), nil), Width: columns}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) < 3 {
		t.Fatalf("no excerpt in %q", out.String())
	}
	shown = strings.TrimPrefix(strings.TrimPrefix(lines[1], "  1 |"), " ")
	marker = strings.TrimPrefix(strings.TrimPrefix(lines[2], "    |"), " ")
	return shown, marker
}

// under returns the text above a marker.
func under(shown, marker string) string {
	from := strings.Index(marker, "^")
	to := len(marker)
	var b strings.Builder
	column := 0
	for _, r := range shown {
		if from <= column && column < to {
			b.WriteRune(r)
		}
		column += runeWidth(r)
	}
	return b.String()
}

func runeWidth(r rune) int {
	switch kind := width.LookupRune(r).Kind(); {
	case r == '\u0301':
		return 0
	case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func TestMarker(t *testing.T) {
	for _, test := range []struct{ line, mark, want string }{
		{"plain mark here", "mark", "mark"},
		{"\t\ttabs\tmark\there", "mark", "mark"},
		{"a\tmark", "mark", "mark"},
		{"買い物 mark", "mark", "mark"},
		{"😀😀mark", "mark", "mark"},
		{"e\u0301 mark", "mark", "mark"},
		{"wide 買い物 is marked", "買い物", "買い物"},
		{"\x1b[31m\u202e mark", "mark", "mark"},
		{"a \x1b b", "\x1b", `\x1b`},
		{"\xff\xfe mark", "mark", "mark"},
		{"at the end: mark", "mark", "mark"},
		{"carriage mark\r", "mark", "mark"},
		{"mark", "mark", "mark"},
	} {
		start := strings.Index(test.line, test.mark)
		shown, marker := excerpt(t, test.line, start, start+len(test.mark), 0)
		if got := under(shown, marker); got != test.want {
			t.Errorf("%q: the marker is under %q:\n%s\n%s", test.line, got, shown, marker)
		}
	}
}

func TestMarkerOutsideOfLine(t *testing.T) {
	for _, cols := range [][2]int{{-1, 3}, {90, 95}} {
		if _, marker := excerpt(t, "short", cols[0], cols[1], 0); strings.Contains(marker, "^") {
			t.Errorf("columns %v of a short line are marked: %q", cols, marker)
		}
	}
	// A finding may end beyond its line, or on another one.
	if shown, marker := excerpt(t, "to the end  ", 3, 99, 0); under(shown, marker) != "the end" {
		t.Errorf("marker is under %q", under(shown, marker))
	}
}

// TestCrop puts a mark at every place of a long line.
func TestCrop(t *testing.T) {
	const columns = 60
	for n := range 300 {
		line := strings.Repeat("\tx買😀\x1b", n) + "mark" + strings.Repeat("y物\t", 300-n)
		start := strings.Index(line, "mark")
		shown, marker := excerpt(t, line, start, start+4, columns)
		if got := under(shown, marker); got != "mark" {
			t.Fatalf("after %d: the marker is under %q:\n%s\n%s", n, got, shown, marker)
		}
		total := len("  1 | ")
		for _, r := range shown {
			total += runeWidth(r)
		}
		if total > columns {
			t.Fatalf("after %d: %d columns:\n%s", n, total, shown)
		}
		if !strings.Contains(shown, "...") || !utf8.ValidString(shown) {
			t.Fatalf("after %d: %q", n, shown)
		}
	}
}
