// Package formattest has a report for the tests of the formats. It contains
// everything that a report can hold, as an attacker on its readers might write
// it.
package formattest

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

// The files of the report, and their contents.
const (
	plainFile   = "/src/shop/cart.go"
	hostileFile = "/src/shop/we ird\"'%2F,:;[x](1)\x1b[31m\n\u202eog.go"
	markupFile  = "/src/shop/<script>alert(1)</script>/\"><img src=x onerror=alert(2)>.go"
	foreignFile = "/elsewhere/mod@v1.2.3/a#b?.go"

	plainSource = "package shop\n" +
		"\n" +
		"\tctx, _ := context.WithCancel(ctx) // 買い物 😀 cancel\n" +
		"\tif\tx {\n" +
		"}\n"
	hostileSource = "package evil\n" +
		"\tx := \"\x1b]0;pwned\x07\u202e\xff\u200b\" // é\u0301\r\n" +
		"// last"
	markupSource = "package markup\n" +
		"\n" +
		"func Markup() { // <!-- </style><script>document.title = 'pwned'</script>\n" +
		"\t_ = `</script><svg onload=alert(3)> {{.}} ${alert(4)} ]]> &lt;b&gt;`\n" +
		"}\n"
)

// docGo documents the analyzer of the report's findings.
const docGo = `// # Analyzer cancelleak
//
// cancelleak: find lost cancels
//
// Text with a list:
//
//   - path: of paths. And more.
//   - loop: of loops.
//
// and code:
//
//	x := y[0](1)
//
// The categories are:
//
//   - path: Not called on a path. Some text.
//   - loop: called in a loop
//
// # Category path
//
// Why it matters: <script>alert(8)</script>.
//
// Confidence is always high: <img src=x onerror=alert(10)>.
//
// Bad:
//
//	ctx, _ = f(ctx) // </script><img src=x onerror=alert(9)>
//
// Good:
//
//	ctx, cancel := f(ctx)
//	defer cancel()
//
// Fix: call it.
//
// References:
//
//   - https://example.com/<b>
package cancelleak
`

// Payload is in every text of one finding of the report.
const Payload = `</script><script>document.title='pwned'</script><img src=x onerror=alert(5)>`

// Report returns the report.
func Report() *report.Report {
	pos := func(file string, line, col int) record.Position {
		return record.Position{File: file, Line: line, Col: col}
	}
	offset := func(p record.Position, offset int) record.Position {
		p.Offset = offset
		return p
	}
	r := &report.Report{
		Packages: 7,
		Inputs: []*report.Input{
			{Name: "goroutine\x1b.txt", Kind: "goroutines", Format: "dump of goroutines", Total: 17400, Own: 17350, Explained: 17326,
				Frames: report.Frames{Exact: 97, Near: 2, Missing: 1}, Problem: "the dump is cut in the middle of a stack; what is whole counts"},
			{Name: Payload, Kind: "metrics", Format: "exposition of metrics", Total: 4200, Dropped: 3},
		},
		Findings: []*report.Finding{
			{
				Package: "example.com/shop", Severity: analyzers.Warning, Fingerprint: "00112233445566778899aabbccddeeff:1",
				Evidence: &report.Evidence{
					Goroutines: &report.Goroutines{Counts: []int64{12, 17326}, Wait: "chan send", Longest: 90 * time.Minute},
					Heap:       &report.Heap{Kept: "contexts and timers", Counts: []int64{1}, Bytes: 96, Near: true},
				},
				Finding: record.Finding{
					Analyzer: "cancelleak", Category: "path", Func: "(*Cart).Add", URL: "https://example.com/cancelleak#path",
					Message: "cancel is not called on every path",
					Pos:     pos(plainFile, 3, 2), End: pos(plainFile, 3, 8),
					Related: []record.Related{
						{Pos: pos(plainFile, 4, 2), Message: "this return [of m[k](1)] leaves"},
						{Pos: pos(foreignFile, 12, 1), Message: "made here"},
						{Pos: pos("example.org/dep@v1.2.3/d.go", 3, 1), Message: "of this type"},
					},
					Fixes: []record.Fix{{Message: "Defer it", Edits: []record.Edit{
						{Start: offset(pos(plainFile, 3, 7), 19), End: offset(pos(plainFile, 3, 8), 20), New: "cancel"},
						{Start: offset(pos(plainFile, 3, 36), 48), End: offset(pos(plainFile, 3, 36), 48), New: "\n\tdefer cancel()"},
					}}},
				},
			},
			{
				Package: "example.com/shop", Severity: analyzers.Note, Fingerprint: "00112233445566778899aabbccddeeff:2",
				Finding: record.Finding{
					Analyzer: "cancelleak", Category: "internal", Confidence: catalog.Low,
					Message: "after wide characters, to the next line",
					Pos:     pos(plainFile, 3, 56), End: pos(plainFile, 4, 4),
				},
			},
			{
				Package: "example.com/evil\x1b[2J", Severity: analyzers.Error, Fingerprint: "ffeeddccbbaa99887766554433221100:1",
				Finding: record.Finding{
					Analyzer: "cancelleak", Category: "loop", Func: "F[\u202e]", Confidence: catalog.Medium,
					Message: "::error::100%\x1b[31m red\r\nnew line, [click](https://evil.example) \u202egnp.exe \xff <script>",
					Pos:     pos(hostileFile, 2, 7), End: pos(hostileFile, 2, 26),
					Related: []record.Related{{Pos: pos(hostileFile, 3, 1), Message: "\x07bell"}},
				},
			},
			{
				Package: "example.com/" + Payload, Severity: analyzers.Warning,
				Evidence: &report.Evidence{Series: &report.Series{
					Metric: Payload, Label: "path\x1b[31m", Counts: []int64{4200}, Values: []int64{4100}, AtLeast: true,
					Examples: []string{Payload, "[a](b)\u202e", "\xff\n::error::"},
				}},
				Fingerprint: "ffeeddccbbaa99887766554433221100:3",
				Finding: record.Finding{
					Analyzer: "cancelleak", Category: "discarded", Func: Payload, URL: "javascript:alert(6)//" + Payload,
					Message: Payload + " <!--<script> {{.}} &amp; ${1}",
					Pos:     pos(markupFile, 4, 6), End: pos(markupFile, 4, 40),
					Related: []record.Related{
						{Pos: pos(markupFile, 3, 1), Message: Payload},
						{Pos: pos("</script>.go", 1, 1), Message: "javascript:alert(7)"},
					},
					Fixes: []record.Fix{{Message: Payload, Edits: []record.Edit{
						{Start: offset(pos(markupFile, 4, 2), 91), End: offset(pos(markupFile, 4, 2), 91), New: Payload},
					}}},
				},
			},
			{
				Package: "example.com/gone", Severity: analyzers.Warning, Fingerprint: "ffeeddccbbaa99887766554433221100:2",
				Finding: record.Finding{
					Analyzer: "cancelleak", Category: "path", Message: "in a file that cannot be read",
					Pos: pos("/src/gone.go", 3, 9), End: pos("/src/gone.go", 3, 11),
				},
			},
		},
		Suppressed: []*report.Finding{
			{
				Package: "example.com/shop", Severity: analyzers.Warning, Fingerprint: "0123456789abcdef0123456789abcdef:1",
				Suppression: &report.Suppression{Kind: report.ByComment, Reason: "on \"purpose\" " + Payload, Pos: pos(plainFile, 4, 9)},
				Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Message: "kept quiet",
					Pos: pos(plainFile, 4, 2), End: pos(plainFile, 4, 4)},
			},
			{
				Package: "example.com/shop", Severity: analyzers.Warning, Fingerprint: "0123456789abcdef0123456789abcdef:2",
				Suppression: &report.Suppression{Kind: report.ByConfig, Pos: pos("/src/.ctxlint.yml", 4, 5)},
				Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Message: "excluded",
					Pos: pos(plainFile, 5, 1), End: pos(plainFile, 5, 2)},
			},
		},
		Hidden: []*report.Finding{
			{
				Package: "example.com/shop", Severity: analyzers.Warning, Fingerprint: "0123456789abcdef0123456789abcdef:3",
				Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Message: "hidden", Confidence: catalog.Medium,
					Pos: pos(plainFile, 5, 1), End: pos(plainFile, 5, 2)},
			},
			{Package: "example.com/shop", Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Confidence: catalog.Low}},
			{Package: "example.com/shop", Finding: record.Finding{Analyzer: "cancelleak", Category: "loop", Confidence: catalog.Low}},
		},
		Unused: []report.Unused{
			{Package: "example.com/shop", Ignore: record.Ignore{Pos: pos(markupFile, 5, 1), Text: "//nolint:cancelleak // " + Payload}},
			{Package: "example.com/shop", Ignore: record.Ignore{Pos: pos(plainFile, 3, 39), Text: "//nolint:cancelleak // \x1b[0m"}},
			{Package: "example.com/shop", Ignore: record.Ignore{Pos: pos(hostileFile, 3, 1), Text: "//lint:ignore ctxlint/x", Problem: "it needs a reason"}},
		},
		Errors: []report.Error{
			{Message: "pattern ./nope/... matches no packages"},
			{Package: "example.com/ill", Message: "not analysed"},
			{Package: "example.com/ill", Pos: &record.Position{File: plainFile, Line: 5, Col: 1}, Message: "cannot use x\n\thave \x1b[1mint\n\twant string"},
			{Package: "example.com/ill", Pos: &record.Position{File: hostileFile, Line: 3}, Message: "no column"},
			{Package: Payload, Message: Payload},
		},
	}
	first := r.Findings[0]
	first.Calls = []*report.Finding{first, {
		Package: "example.com/evil", Severity: analyzers.Warning,
		Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Func: Payload + "[x](1)\x1b[31m", Message: "another call",
			Pos: pos(hostileFile, 2, 7), End: pos(hostileFile, 2, 26)},
	}}
	return r
}

// Options returns options with the source of the report's files.
func Options(t testing.TB) *format.Options {
	t.Helper()
	dir := t.TempDir()
	overlay := make(map[string]string)
	listed := source.NewFiles(t.Context())
	for name, content := range map[string]string{plainFile: plainSource, hostileFile: hostileSource, markupFile: markupSource} {
		file := filepath.Join(dir, "file"+string(rune('0'+len(overlay))))
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		overlay[name] = file
		listed.Add(sourcetest.Package(name))
	}
	doc := doctext.MustParse(docGo, "cancelleak")
	return &format.Options{
		Dir: "/src/shop", Root: "/src", Version: "v1.2.3",
		Sources: source.NewCache(listed, overlay),
		Suite: []analyzers.Entry{{
			Analyzer:      &analysis.Analyzer{Name: "cancelleak", URL: "https://example.com/cancelleak"},
			Documentation: doc,
		}},
	}
}
