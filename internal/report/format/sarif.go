package format

import (
	"fmt"
	"io"
	"math"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	projectURL  = "https://github.com/ctxlint/ctxlint"
	sourceRoot  = "%SRCROOT%" // the name that GitHub recognises
)

// SARIF writes a SARIF 2.1.0 log with one run. Suppressed findings are part of
// it, marked as such, only if the options want them: GitHub and others take each
// result for an alert that is open. Related steps are linked from the message, because
// GitHub shows related locations only there, and are a path as well.
func SARIF(w io.Writer, r *report.Report, o *Options) error {
	s := &sarifWriter{Options: o, ruleIndex: make(map[string]int)}
	for _, e := range o.Suite {
		s.addRules(e)
	}
	run := sarifRun{
		ColumnKind:  "utf16CodeUnits",
		Invocations: []sarifInvocation{s.invocation(r)},
		Results:     []sarifResult{}, // null would mean that nothing was run
	}
	if o.Root != "" {
		run.OriginalURIBaseIDs = map[string]sarifArtifact{sourceRoot: {URI: fileURI(o.Root) + "/"}}
	}
	for _, f := range r.Findings {
		run.Results = append(run.Results, s.result(f))
	}
	if o.Suppressed {
		for _, f := range r.Suppressed {
			run.Results = append(run.Results, s.result(f))
		}
	}
	for _, u := range r.Unused {
		check, message := u.Describe()
		run.Results = append(run.Results, sarifResult{
			RuleID:    check,
			RuleIndex: s.rule(check),
			Level:     analyzers.Note,
			Message:   sarifText{Text: message},
			Locations: []sarifLocation{{Physical: s.physical(u.Pos, u.Pos)}},
		})
	}
	run.Tool.Driver = sarifDriver{Name: "ctxlint", InformationURI: projectURL, Version: o.Version, Rules: s.rules}
	if semver.IsValid(o.Version) {
		run.Tool.Driver.SemanticVersion = strings.TrimPrefix(o.Version, "v")
	}
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

type sarifWriter struct {
	*Options
	rules     []sarifRule
	ruleIndex map[string]int
}

// rule returns the index of a rule, which it adds if no analyzer's documentation
// lists it.
func (s *sarifWriter) rule(id string) int {
	i, ok := s.ruleIndex[id]
	if !ok {
		about := sarifText{Text: describeRule(id)}
		i = s.addRule(sarifRule{ID: id, Name: id, ShortDescription: about, FullDescription: &about, Help: &about})
	}
	return i
}

func (s *sarifWriter) addRule(rule sarifRule) int {
	s.ruleIndex[rule.ID] = len(s.rules)
	s.rules = append(s.rules, rule)
	return len(s.rules) - 1
}

func (s *sarifWriter) result(f *report.Finding) sarifResult {
	result := sarifResult{
		RuleID:    f.Check(),
		RuleIndex: s.rule(f.Check()),
		Level:     f.Severity,
		Rank:      rank(f),
		Message:   sarifText{Text: linkedMessage(f)},
		Locations: []sarifLocation{{Physical: s.physical(f.Pos, f.End), Logical: logical(f)}},
		// GitHub tracks alerts by primaryLocationLineHash, which its upload makes of the
		// source; a value of ours under that name is an inconsistency to it.
		Fingerprints: map[string]string{"ctxlint/v2": f.Fingerprint},
		Properties:   &sarifProperties{f.Confidence, newJSONEvidence(f.Evidence)},
	}
	for i, step := range places(f) {
		result.Related = append(result.Related, sarifLocation{
			ID:       i + 1,
			Physical: s.physical(step.Pos, step.Pos),
			Message:  &sarifText{Text: plainMessage(step.Message)},
		})
	}
	result.CodeFlows = s.path(f)
	for _, fix := range f.Fixes {
		if len(fix.Edits) == 0 || fix.Edits[0].Start.Line == 0 {
			continue // read from a report in JSON, which has offsets only
		}
		result.Fixes = append(result.Fixes, s.fix(fix))
	}
	if sup := f.Suppression; sup != nil {
		kind := "external"
		if sup.Kind == report.ByComment {
			kind = "inSource"
		}
		location := sarifLocation{Physical: s.physical(sup.Pos, sup.Pos)}
		result.Suppressions = []sarifSuppression{{Kind: kind, Justification: sup.Reason, Location: &location}}
	}
	return result
}

// path returns the steps of a finding as viewers show a path: from the finding on.
func (s *sarifWriter) path(f *report.Finding) []sarifCodeFlow {
	if len(f.Related) == 0 {
		return nil
	}
	step := func(start, end record.Position, message string) sarifFlowStep {
		return sarifFlowStep{sarifLocation{Physical: s.physical(start, end), Message: &sarifText{Text: plainMessage(message)}}}
	}
	steps := []sarifFlowStep{step(f.Pos, f.End, f.Message)}
	for _, r := range f.Related {
		steps = append(steps, step(r.Pos, r.Pos, r.Message))
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
}

// ranks are the priorities of SARIF, from 0 to 100: how many of a hundred findings of
// the level should at least be worth acting on. For low nothing is promised.
var ranks = map[catalog.Confidence]float64{catalog.High: 90, catalog.Medium: 60, catalog.Low: 30}

// rank returns the priority of a finding. Evidence of a hundred thousand goroutines, or
// more, makes it the highest, and any evidence raises it.
func rank(f *report.Finding) float64 {
	base := ranks[f.Confidence]
	n := f.Evidence.Count()
	if n == 0 {
		return base
	}
	share := min(1, (1+math.Log10(float64(n)))/6)
	return math.Round(10*(base+(100-base)*share)) / 10
}

// places returns what is related to a finding: its steps, and the other calls that it
// stands for.
func places(f *report.Finding) []record.Related {
	all := slices.Clone(f.Related)
	shown, _ := shownCalls(f)
	for _, call := range shown {
		all = append(all, record.Related{Pos: call.Pos, Message: callText(call)})
	}
	return all
}

// linkedMessage is the message with a link to each related location.
func linkedMessage(f *report.Finding) string {
	var b strings.Builder
	b.WriteString(plainMessage(f.Message))
	for i, step := range places(f) {
		text := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(visible.Text(step.Message))
		fmt.Fprintf(&b, "\n[%s](%d)", text, i+1)
	}
	for _, sentence := range f.Evidence.Sentences() {
		b.WriteString("\nEvidence: " + plainMessage(sentence))
	}
	return b.String()
}

// plainMessage keeps text from being read as a link. It escapes brackets only
// where a consumer would see a link, because not every consumer removes the
// backslashes again.
func plainMessage(message string) string {
	message = visible.Text(message)
	if !strings.Contains(message, "](") {
		return message
	}
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(message)
}

func logical(f *report.Finding) []sarifLogical {
	if f.Func == "" {
		return nil
	}
	return []sarifLogical{{Name: f.Func, FullyQualifiedName: f.Package + "." + f.Func}}
}

func (s *sarifWriter) fix(fix record.Fix) sarifFix {
	change := sarifChange{Location: s.artifact(fix.Edits[0].Start.File)}
	for _, e := range fix.Edits {
		change.Replacements = append(change.Replacements, sarifReplacement{
			Deleted:  s.span(e.Start, e.End),
			Inserted: &sarifContent{Text: e.New},
		})
	}
	return sarifFix{Description: sarifText{Text: plainMessage(fix.Message)}, Changes: []sarifChange{change}}
}

func (s *sarifWriter) physical(start, end record.Position) *sarifPhysical {
	p := &sarifPhysical{Artifact: s.artifact(start.File)}
	if start.Line > 0 {
		region := s.span(start, end)
		if end == start {
			region.EndLine, region.EndColumn = 0, 0
		}
		p.Region = &region
	}
	return p
}

// span returns a region with an end; a start without a column means its line.
func (s *sarifWriter) span(start, end record.Position) sarifRegion {
	region := sarifRegion{StartLine: start.Line}
	if start.Col > 0 {
		region.StartColumn = s.utf16Col(start)
	}
	if end.File == start.File && end.Line >= start.Line && end.Col > 0 {
		region.EndLine, region.EndColumn = end.Line, s.utf16Col(end)
	}
	return region
}

func (s *sarifWriter) artifact(file string) sarifArtifact {
	if rel, ok := below(s.Root, file); ok {
		return sarifArtifact{URI: escapePath(rel), URIBaseID: sourceRoot}
	}
	if !filepath.IsAbs(file) { // of a dependency, with the path as -trimpath leaves it
		return sarifArtifact{URI: escapePath(filepath.ToSlash(file))}
	}
	return sarifArtifact{URI: fileURI(file)}
}

func (s *sarifWriter) invocation(r *report.Report) sarifInvocation {
	inv := sarifInvocation{Successful: len(r.Errors) == 0, ExitCode: r.ExitCode()}
	for _, e := range r.Errors {
		n := sarifNotification{Level: analyzers.Error, Message: sarifText{Text: visible.Lines(e.Message)}}
		if e.Package != "" {
			n.Message.Text = "package " + visible.Text(e.Package) + ": " + n.Message.Text
		}
		if e.Pos != nil {
			n.Locations = []sarifLocation{{Physical: s.physical(*e.Pos, *e.Pos)}}
		}
		inv.Notifications = append(inv.Notifications, n)
	}
	return inv
}

// fileURI returns the file: URI of an absolute path of this system.
func fileURI(file string) string {
	path := filepath.ToSlash(file)
	if host, ok := strings.CutPrefix(path, "//"); ok { // \\host\share
		return "file://" + escapePath(host)
	}
	if strings.HasPrefix(path, "/") {
		return "file://" + escapePath(path)
	}
	drive, rest, _ := strings.Cut(path, ":")
	return "file:///" + drive + ":" + escapePath(rest)
}

// escapePath percent-encodes the elements of a path with slashes. A colon is
// encoded, too: in the first element of a relative reference, it would end a
// scheme.
func escapePath(path string) string {
	elems := strings.Split(path, "/")
	for i, elem := range elems {
		elems[i] = strings.ReplaceAll(url.PathEscape(elem), ":", "%3A")
	}
	return strings.Join(slices.Clip(elems), "/")
}
