package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// A codePlace is a line of a file, as the user wrote it or pasted it from a report.
type codePlace struct {
	file string
	line int
}

// placePattern is FILE:LINE, perhaps with a column and a colon as in front of a message.
var placePattern = lazyregexp.New(`^(.+?):([0-9]+)(:[0-9]+)?:?$`)

// parsePlace returns the place that an argument means, and whether it means one.
func parsePlace(arg string) (codePlace, bool) {
	m := placePattern.FindStringSubmatch(arg)
	if m == nil {
		return codePlace{}, false
	}
	line, err := strconv.Atoi(m[2])
	return codePlace{m[1], line}, err == nil && line > 0
}

// explainPlace tells what ctxlint has to say about a line: the findings there, shown or
// not, and why analyzers that have looked at it say nothing.
func (c *command) explainPlace(v *verb, at codePlace) (code int, err error) {
	if err := c.check(nil); err != nil {
		return 0, usageError{err, v}
	}
	s, err := c.newSession()
	if err != nil {
		return 0, err
	}
	at.file = s.abs(s.dir, filepath.FromSlash(at.file))
	if filepath.Ext(at.file) != ".go" {
		return 0, usageError{fmt.Errorf("%s is not a Go file", at.file), v}
	}
	if info, err := os.Stat(at.file); err != nil {
		return 0, err
	} else if info.IsDir() {
		return 0, usageError{fmt.Errorf("%s is a directory", at.file), v}
	}
	ctx, stop := handleSignals(s.goCommand)
	defer stop()
	if err := s.open(ctx); err != nil {
		return 0, err
	}
	if s.known, err = s.openKnown(ctx); err != nil {
		return 0, err
	}
	defer s.known.close()
	all, rep, err := s.everything(ctx, at)
	if err != nil {
		return 0, err
	}
	if err := s.writeErrors(rep); err != nil {
		return 0, err
	}
	if err := s.writePlace(at, all, rep); err != nil {
		return 0, err
	}
	if len(rep.Errors) > 0 {
		return exitFailure, nil
	}
	return exitClean, nil
}

// everything analyses the package of a file with all analyzers and asks for decisions. It
// returns all findings, and the report that a run with the user's settings would make of
// them: which finding is where in it tells what has become of it.
func (s *session) everything(ctx context.Context, at codePlace) ([]*report.Finding, *report.Report, error) {
	patterns := []string{filepath.Dir(at.file)}
	command, wide := *s.command, *s
	command.tests = true
	wide.command, wide.settings = &command, s.settings.Everything()
	p := newProgress(s.stderr, !s.quiet, nil)
	a := &analysis{session: &wide, patterns: patterns, progress: p, decisions: true}
	err := a.run(ctx)
	p.end()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, nil, err
	}
	options := wide.reportOptions(a.packages)
	rep := report.Build(a.units, options)
	rep.AddErrors(a.errors...)
	all := slices.Concat(rep.Findings, rep.Suppressed)
	rep.Drop(func(f *report.Finding) bool { return s.whyOff(f) != "" })
	s.choose(s.known, rep, s.scope(rep, a.packages, patterns, false))
	return all, rep, nil
}

// whyOff returns why nobody asks for findings such as f, "" if somebody does.
func (s *session) whyOff(f *report.Finding) string {
	if !s.tests && strings.HasSuffix(f.Pos.File, "_test.go") {
		return "it is in a test, and -test=false leaves tests out"
	}
	return s.settings.WhyOff(f.Analyzer, f.Category, f.Pos.File)
}

// writePlace prints what there is to say about a line.
func (s *session) writePlace(at codePlace, all []*report.Finding, rep *report.Report) error {
	o, out := s.formatOptions(), new(bytes.Buffer)
	file := o.Sources.File(at.file)
	text, ok := file.Line(at.line)
	if !ok {
		return fmt.Errorf("%s has no line %d", o.Path(at.file), at.line)
	}
	fmt.Fprintf(out, "%s:%d: %s\n", o.Path(at.file), at.line, visible.Text(strings.TrimSpace(text)))
	told := 0
	for _, f := range all {
		if concerns(f, at) {
			told++
			s.writeFate(out, f, rep, at)
		}
	}
	decisions := slices.DeleteFunc(slices.Clone(rep.Decisions), func(d record.Decision) bool {
		return d.Pos.File != at.file || d.Pos.Line != at.line
	})
	for _, d := range decisions {
		told++
		check := d.Analyzer
		if d.Category != "" {
			check += "/" + d.Category
		}
		fmt.Fprintf(out, "\nnothing from %s\n    %s\n", check, visible.Text(d.Reason))
	}
	if told == 0 {
		s.writeNothing(out, at, all, rep)
	}
	_, err := out.WriteTo(s.stdout)
	return err
}

// concerns reports whether a finding is about a line: it begins there, spans it, or has a
// step of its path there.
func concerns(f *report.Finding, at codePlace) bool {
	return touches(f, func(file string, line int) bool { return file == at.file && line == at.line })
}

// writeFate prints a finding, and what becomes of it.
func (s *session) writeFate(out *bytes.Buffer, f *report.Finding, rep *report.Report, at codePlace) {
	o := s.formatOptions()
	shown, fate := s.fate(f, rep)
	verdict := "not reported"
	if shown {
		verdict = "reported"
	}
	place := ""
	if f.Pos.File != at.file || f.Pos.Line != at.line {
		place = fmt.Sprintf("%s:%d: ", o.Path(f.Pos.File), f.Pos.Line)
	}
	fmt.Fprintf(out, "\n%s: %s\n    %s%s\n", verdict, f.Label(), place, visible.Text(f.Message))
	if fate != "" {
		fmt.Fprintf(out, "    %s\n", visible.Text(fate))
	}
}

// fate returns whether a run with the user's settings shows a finding, and what decides.
func (s *session) fate(f *report.Finding, rep *report.Report) (shown bool, why string) {
	o := s.formatOptions()
	if off := s.whyOff(f); off != "" {
		return false, off
	}
	if by := f.Suppression; by != nil {
		where := ""
		if by.Pos.File != "" {
			where = fmt.Sprintf(" at %s:%d", o.Path(by.Pos.File), by.Pos.Line)
		}
		kind := map[report.Kind]string{report.ByComment: "a comment", report.ByConfig: "an exclude", report.ByBaseline: "the baseline"}[by.Kind]
		if by.Reason != "" {
			return false, fmt.Sprintf("silenced by %s%s: %s", kind, where, by.Reason)
		}
		return false, fmt.Sprintf("silenced by %s%s", kind, where)
	}
	for _, r := range rep.Findings {
		switch {
		case !slices.Contains(r.Parts(), f):
		case len(r.Parts()) == 1 || r.Pos == f.Pos:
			if r.Explained {
				return true, "as a note, because a comment says in plain words that it is intended"
			}
			return true, rootNote(r)
		default:
			return true, fmt.Sprintf("together with the other calls of its root, at %s:%d", o.Path(r.Pos.File), r.Pos.Line)
		}
	}
	for _, r := range rep.Hidden {
		if slices.Contains(r.Parts(), f) {
			return false, fmt.Sprintf("its confidence is %s: %s; -confidence %[1]s shows it", f.Confidence, unproved[f.Confidence])
		}
	}
	if s.known.changes != nil {
		return false, "its line did not change since " + s.settings.NewFrom.Text
	}
	return false, "nothing in the configuration asks for it here"
}

// unproved says what a level of confidence means.
var unproved = map[catalog.Confidence]string{
	catalog.Medium: "one step is not proved, or several functions have to change",
	catalog.Low:    "findings of this kind were seldom worth a change",
}

// rootNote says where else a finding may be shown that stands for all calls of its root.
func rootNote(f *report.Finding) string {
	if f.OfRoot == nil {
		return ""
	}
	return "it stands for all calls of " + f.Root.Func + "; a run over more packages may show it at another one"
}

// writeNothing says that there is nothing to say about a line, and which lines of the
// file are the nearest of which there is.
func (s *session) writeNothing(out *bytes.Buffer, at codePlace, all []*report.Finding, rep *report.Report) {
	fmt.Fprintf(out, "\nnothing here: no analyzer finds anything, and none has noted why not.\n")
	seen := make(map[int]bool)
	for _, f := range all {
		if f.Pos.File == at.file {
			seen[f.Pos.Line] = true
		}
	}
	for _, d := range rep.Decisions {
		if d.Pos.File == at.file {
			seen[d.Pos.Line] = true
		}
	}
	var lines []int
	for line := range seen {
		lines = append(lines, line)
	}
	slices.SortFunc(lines, func(a, b int) int { return cmp.Or(cmp.Compare(abs(a-at.line), abs(b-at.line)), cmp.Compare(a, b)) })
	if len(lines) > 0 {
		near := slices.Sorted(slices.Values(lines[:min(3, len(lines))]))
		var words []string
		for _, line := range near {
			words = append(words, strconv.Itoa(line))
		}
		fmt.Fprintf(out, "The nearest lines with something to say: %s.\n", strings.Join(words, ", "))
	}
	fmt.Fprintf(out, "These analyzers note why: %s. The others tell only what they find.\n", strings.Join(s.explaining(), ", "))
}

func abs(n int) int { return max(n, -n) }

// explaining returns the names of the analyzers that give reasons.
func (s *session) explaining() []string {
	var names []string
	for _, e := range s.suite {
		if e.Explains() {
			names = append(names, e.Name)
		}
	}
	return names
}
