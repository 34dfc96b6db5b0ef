package format

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// ReadJSON reads a report that [JSON] has written. The names of files in it count from dir.
// What inputs evidence came from is not read; the evidence of findings is.
func ReadJSON(data []byte, dir string) (*report.Report, error) {
	var in jsonReport
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("not a report in the format json: %w", err)
	}
	if in.Version != 1 {
		return nil, fmt.Errorf("not a report in the format json, version 1")
	}
	read := jsonReader{dir}
	r := &report.Report{Packages: in.Packages, Findings: read.findings(in.Findings), Suppressed: read.findings(in.Suppressed)}
	for _, u := range in.Unused {
		unused := report.Unused{Ignore: record.Ignore{Text: u.Text, Pos: read.position(u.Position)}, Package: u.Package, Stale: u.Stale}
		if u.Config {
			unused.Config = u.Problem
		} else {
			unused.Problem = u.Problem
		}
		r.Unused = append(r.Unused, unused)
	}
	var errs []report.Error
	for _, e := range in.Errors {
		out := report.Error{Message: e.Message, Package: e.Package}
		if e.Position != nil {
			pos := read.position(*e.Position)
			out.Pos = &pos
		}
		errs = append(errs, out)
	}
	r.AddErrors(errs...)
	return r, nil
}

type jsonReader struct{ dir string }

func (j jsonReader) file(name string) string {
	name = filepath.FromSlash(name)
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(j.dir, name)
}

func (j jsonReader) position(p jsonPosition) record.Position {
	return record.Position{File: j.file(p.File), Line: p.Line, Col: p.Col}
}

func (j jsonReader) findings(list []jsonFinding) []*report.Finding {
	var out []*report.Finding
	for _, jf := range list {
		out = append(out, j.finding(jf))
	}
	return out
}

func (j jsonReader) finding(jf jsonFinding) *report.Finding {
	f := &report.Finding{Package: jf.Package, Severity: jf.Severity, Fingerprint: jf.Fingerprint, Evidence: jf.Evidence.evidence()}
	f.Analyzer, f.Category, f.Confidence, f.Message = jf.Analyzer, jf.Category, jf.Confidence, jf.Message
	f.Func, f.Pos, f.End = jf.Func, j.position(jf.Start), j.position(jf.End)
	if strings.HasPrefix(jf.URL, "https://") {
		f.URL = jf.URL
	}
	for _, step := range jf.Related {
		f.Related = append(f.Related, record.Related{Pos: j.position(step.Position), Message: step.Message})
	}
	for _, fix := range jf.Fixes {
		rf := record.Fix{Message: fix.Message}
		for _, e := range fix.Edits {
			at := func(offset int) record.Position { return record.Position{File: j.file(e.File), Offset: offset} }
			rf.Edits = append(rf.Edits, record.Edit{Start: at(e.Start), End: at(e.End), New: e.New})
		}
		f.Fixes = append(f.Fixes, rf)
	}
	if s := jf.Suppression; s != nil {
		f.Suppression = &report.Suppression{Kind: s.Kind, Reason: s.Reason, Pos: j.position(s.Position)}
	}
	if len(jf.Calls) > 0 {
		own := *f
		f.Calls = []*report.Finding{&own}
		for _, call := range jf.Calls {
			other := own
			other.Package, other.Func, other.Pos, other.End = call.Package, call.Func, j.position(call.Position), j.position(call.Position)
			f.Calls = append(f.Calls, &other)
		}
	}
	return f
}

// evidence returns what the JSON format tells of evidence.
func (e *jsonEvidence) evidence() *report.Evidence {
	if e == nil {
		return nil
	}
	out := new(report.Evidence)
	if g := e.Goroutines; g != nil {
		out.Goroutines = &report.Goroutines{Counts: g.Counts, Wait: g.Wait, Longest: time.Duration(g.LongestMinutes) * time.Minute, Leaked: g.Leaked, Near: g.Near}
	}
	if s := e.Series; s != nil {
		out.Series = &report.Series{Metric: s.Metric, Label: s.Label, Counts: s.Counts, Values: s.Values, AtLeast: s.AtLeast, Examples: s.Examples}
	}
	if h := e.Heap; h != nil {
		out.Heap = &report.Heap{Kept: h.Kept, Counts: h.Counts, Bytes: h.Bytes, Near: h.Near}
	}
	return out
}
