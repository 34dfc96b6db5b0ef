package html

import (
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/explain"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// The data for the page's script. Names, packages and files are indices into
// the lists of the report, and all text is visible text. The page and its data
// are written together: nothing else reads the data.
type (
	document struct {
		Prefix   string        `json:"prefix"` // import path that all packages have in common, "" if there is none
		Version  string        `json:"version"`
		Checked  int           `json:"checked"` // packages
		Checks   []rule        `json:"checks"`
		Packages []string      `json:"packages"`
		Files    []*sourceFile `json:"files"`
		Findings []entry       `json:"findings"`
		Notes    []remark      `json:"notes"`
		Inputs   []string      `json:"inputs,omitempty"` // what was read as evidence, a sentence each
	}
	rule struct {
		Analyzer string      `json:"analyzer"`
		Category string      `json:"category"`
		Hue      int         `json:"hue"`
		Text     []textBlock `json:"text"` // what it means, why it matters, examples
		URL      string      `json:"url,omitempty"`
	}
	entry struct {
		ID          string             `json:"id"`
		Check       int                `json:"check"`
		Package     int                `json:"pkg"`
		Severity    analyzers.Severity `json:"severity"`
		Confidence  catalog.Confidence `json:"confidence"`
		Func        string             `json:"func,omitempty"`
		Message     string             `json:"message"`
		At          extent             `json:"at"`
		Steps       []pathStep         `json:"steps,omitempty"`
		Calls       []otherCall        `json:"calls,omitempty"` // that the finding stands for, too
		Fix         *change            `json:"fix,omitempty"`
		Suppression *quiet             `json:"quiet,omitempty"`
		Evidence    *observation       `json:"evidence,omitempty"`
	}
	observation struct {
		Count int64    `json:"n"`
		Text  []string `json:"text"` // sentences
	}
	// An extent counts columns in UTF-16 code units of the visible line, from 0.
	extent struct {
		File int `json:"file"`
		Line int `json:"line"`
		From int `json:"from"`
		To   int `json:"to"`
		Func int `json:"fn"` // index into the file's functions, -1 if it is in none
	}
	pathStep struct {
		At      extent `json:"at"`
		Message string `json:"message"`
	}
	otherCall struct {
		Place string `json:"place"`
		Func  string `json:"func,omitempty"`
	}
	change struct {
		Message string   `json:"message"`
		Diff    []string `json:"diff"` // lines, each with a prefix "+", "-", " " or "@"
	}
	quiet struct {
		Kind   report.Kind `json:"kind"`
		Reason string      `json:"reason,omitempty"`
		Place  string      `json:"place"`
	}
	// A remark is something that is not a finding: what could not be analysed,
	// and suppression comments that silence nothing.
	remark struct {
		Error bool   `json:"error"`
		Place string `json:"place"`
		Text  string `json:"text"`
	}
)

func newDocument(r *report.Report, o *Options) *document {
	b := &builder{
		Options: o,
		out: &document{
			Version: o.Version, Checked: r.Packages,
			Checks: []rule{}, Packages: []string{}, Files: []*sourceFile{}, Findings: []entry{}, Notes: []remark{},
		},
		checks:   make(map[string]int),
		packages: make(map[string]int),
		files:    make(map[string]int),
		sources:  make(map[string]*excerpt),
	}
	for _, f := range slices.Concat(r.Findings, r.Suppressed) {
		b.finding(f)
	}
	for _, e := range r.Errors {
		note := remark{Error: true, Text: visible.Lines(e.Message), Place: visible.Text(e.Package)}
		if e.Pos != nil {
			note.Place = b.Position(*e.Pos)
		}
		b.out.Notes = append(b.out.Notes, note)
	}
	for _, u := range r.Unused {
		_, message := u.Describe()
		b.out.Notes = append(b.out.Notes, remark{Text: visible.Text(message), Place: b.Position(u.Pos)})
	}
	for _, text := range o.Evidence {
		b.out.Inputs = append(b.out.Inputs, visible.Text(text))
	}
	b.out.Prefix = commonPrefix(b.out.Packages)
	for _, s := range b.sources {
		s.fill()
	}
	return b.out
}

// commonPrefix returns the longest import path that all packages have in
// common.
func commonPrefix(packages []string) string {
	if len(packages) == 0 {
		return ""
	}
	prefix := strings.Split(packages[0], "/")
	for _, p := range packages[1:] {
		elems := strings.Split(p, "/")
		n := 0
		for n < min(len(prefix), len(elems)) && prefix[n] == elems[n] {
			n++
		}
		prefix = prefix[:n]
	}
	return strings.Join(prefix, "/")
}

type builder struct {
	*Options
	out      *document
	checks   map[string]int
	packages map[string]int
	files    map[string]int      // by path
	sources  map[string]*excerpt // by path
}

func (b *builder) finding(f *report.Finding) {
	hf := entry{
		ID: f.Fingerprint, Check: b.check(f), Package: b.pkg(f.Package), Severity: f.Severity, Confidence: f.Confidence,
		Func: visible.Text(f.Func), Message: visible.Text(f.Message), At: b.at(f.Pos, f.End),
	}
	for _, step := range f.Related {
		hf.Steps = append(hf.Steps, pathStep{b.at(step.Pos, step.Pos), visible.Text(step.Message)})
	}
	for _, call := range f.Parts()[1:] {
		hf.Calls = append(hf.Calls, otherCall{b.Position(call.Pos), visible.Text(call.Func)})
	}
	if len(f.Fixes) > 0 {
		hf.Fix = b.fix(f.Fixes[0])
	}
	if s := f.Suppression; s != nil {
		hf.Suppression = &quiet{s.Kind, visible.Text(s.Reason), b.Position(s.Pos)}
	}
	if f.Evidence != nil {
		hf.Evidence = &observation{Count: f.Evidence.Count()}
		for _, sentence := range f.Evidence.Sentences() {
			hf.Evidence.Text = append(hf.Evidence.Text, visible.Text(sentence))
		}
	}
	b.out.Findings = append(b.out.Findings, hf)
}

// check returns the index of a finding's check.
func (b *builder) check(f *report.Finding) int {
	i, ok := b.checks[f.Check()]
	if ok {
		return i
	}
	c := rule{Analyzer: visible.Text(f.Analyzer), Category: visible.Text(f.Category), Text: []textBlock{}}
	for _, e := range b.Suite {
		if e.Name != f.Analyzer {
			continue
		}
		if e.Group != "" { // one row and one colour for the group
			c.Analyzer = e.Group
		}
		for _, category := range explain.Categories(e) {
			if category.Name == f.Category {
				c.Text = textBlocks(explain.Category(e, category))
			}
		}
	}
	c.Hue = hue(c.Analyzer)
	if strings.HasPrefix(f.URL, "https://") {
		c.URL = f.URL
	}
	i = len(b.out.Checks)
	b.checks[f.Check()] = i
	b.out.Checks = append(b.out.Checks, c)
	return i
}

// hues is how many colours the page has for analyzers.
const hues = 8

// hue returns the number of the colour of an analyzer or group, which is the same in every
// report, whatever else is in it.
func hue(analyzer string) int {
	suite := analyzers.Suite()
	i := slices.IndexFunc(suite, func(e analyzers.Entry) bool { return e.Name == analyzer })
	if i < 0 { // of a group, or what evidence shows
		i = len(suite)
	}
	return i % hues
}

func (b *builder) pkg(path string) int {
	i, ok := b.packages[path]
	if !ok {
		i = len(b.out.Packages)
		b.packages[path] = i
		b.out.Packages = append(b.out.Packages, visible.Text(path))
	}
	return i
}

// at returns a range for the page and makes the page include the lines around
// it.
func (b *builder) at(start, end record.Position) extent {
	s := b.source(start.File)
	to := end.Col - 1
	if end.File != start.File || end.Line > start.Line {
		to = -1 // up to the end of the line
	}
	return s.mark(b.files[start.File], start.Line, start.Col-1, to)
}

func (b *builder) source(file string) *excerpt {
	s, ok := b.sources[file]
	if !ok {
		hf := &sourceFile{Name: visible.Text(b.File(file)), Funcs: []declaration{}, Lines: []sourceLine{}}
		s = newExcerpt(hf, file, b.Sources.File(file))
		b.files[file] = len(b.out.Files)
		b.sources[file] = s
		b.out.Files = append(b.out.Files, hf)
	}
	return s
}

// fix returns what a fix changes, or nil if its file cannot be read unchanged.
func (b *builder) fix(fix record.Fix) *change {
	if len(fix.Edits) == 0 {
		return nil
	}
	name := fix.Edits[0].Start.File
	content := string(b.Sources.File(name).Content)
	var edits []udiff.Edit
	for _, e := range fix.Edits {
		edits = append(edits, udiff.Edit{Start: e.Start.Offset, End: e.End.Offset, New: e.New})
	}
	diff, err := udiff.ToUnifiedDiff("", "", content, edits, 2)
	if err != nil || len(diff.Hunks) == 0 {
		return nil
	}
	out := &change{Message: visible.Text(fix.Message)}
	signs := map[udiff.OpKind]string{udiff.Delete: "-", udiff.Insert: "+", udiff.Equal: " "}
	for i, hunk := range diff.Hunks {
		if i > 0 {
			out.Diff = append(out.Diff, "@")
		}
		for _, line := range hunk.Lines {
			text := newShownText(strings.TrimRight(line.Content, "\r\n"))
			out.Diff = append(out.Diff, signs[line.Kind]+text.visible)
		}
	}
	return out
}
