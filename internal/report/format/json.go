package format

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// The JSON format, version 1: docs/schema/ctxlint.schema.json describes it and
// docs/output.md explains it. Fields may be added; any other change makes a new
// version.
type (
	jsonReport struct {
		Version    int           `json:"version"`
		Findings   []jsonFinding `json:"findings"`
		Suppressed []jsonFinding `json:"suppressed"`
		Unused     []jsonIgnore  `json:"unusedIgnores"`
		Errors     []jsonError   `json:"errors"`
		Packages   int           `json:"packages"`
		Evidence   []jsonInput   `json:"evidence,omitempty"`
	}
	jsonFinding struct {
		Analyzer    string             `json:"analyzer"`
		Category    string             `json:"category"`
		Severity    analyzers.Severity `json:"severity"`
		Confidence  catalog.Confidence `json:"confidence"`
		Message     string             `json:"message"`
		Package     string             `json:"package"`
		Func        string             `json:"func,omitempty"`
		Start       jsonPosition       `json:"start"`
		End         jsonPosition       `json:"end"`
		Related     []jsonRelated      `json:"related,omitempty"`
		Calls       []jsonCall         `json:"calls,omitempty"`
		Fixes       []jsonFix          `json:"fixes,omitempty"`
		URL         string             `json:"url,omitempty"`
		Fingerprint string             `json:"fingerprint"`
		Suppression *jsonSuppression   `json:"suppression,omitempty"`
		Evidence    *jsonEvidence      `json:"evidence,omitempty"`
	}
	jsonPosition struct {
		File string `json:"file"`
		Line int    `json:"line"`
		Col  int    `json:"col"`
	}
	jsonRelated struct {
		Message  string       `json:"message"`
		Position jsonPosition `json:"position"`
	}
	jsonCall struct {
		Package  string       `json:"package"`
		Func     string       `json:"func,omitempty"`
		Position jsonPosition `json:"position"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		File  string `json:"file"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		New   string `json:"new"`
	}
	jsonSuppression struct {
		Kind     report.Kind  `json:"kind"`
		Reason   string       `json:"reason,omitempty"`
		Position jsonPosition `json:"position"`
	}
	jsonIgnore struct {
		Text     string       `json:"text"`
		Problem  string       `json:"problem,omitempty"`
		Stale    bool         `json:"stale,omitempty"`
		Config   bool         `json:"config,omitempty"`
		Package  string       `json:"package"`
		Position jsonPosition `json:"position"`
	}
	jsonError struct {
		Message  string        `json:"message"`
		Package  string        `json:"package,omitempty"`
		Position *jsonPosition `json:"position,omitempty"`
	}
)

// JSON writes the whole report as one JSON object.
func JSON(w io.Writer, r *report.Report, o *Options) error {
	out := jsonReport{
		Version:    1,
		Findings:   o.jsonFindings(r.Findings),
		Suppressed: o.jsonFindings(r.Suppressed),
		Unused:     make([]jsonIgnore, 0, len(r.Unused)),
		Errors:     make([]jsonError, 0, len(r.Errors)),
		Packages:   r.Packages,
	}
	for _, in := range r.Inputs {
		out.Evidence = append(out.Evidence, newJSONInput(in))
	}
	for _, u := range r.Unused {
		out.Unused = append(out.Unused, jsonIgnore{u.Text, cmp.Or(u.Problem, u.Config), u.Stale, u.Config != "", u.Package, o.jsonPosition(u.Pos)})
	}
	for _, e := range r.Errors {
		je := jsonError{Message: e.Message, Package: e.Package}
		if e.Pos != nil {
			pos := o.jsonPosition(*e.Pos)
			je.Position = &pos
		}
		out.Errors = append(out.Errors, je)
	}
	return writeJSON(w, out)
}

// writeJSON writes v indented, and escapes Unicode that would hide or reorder
// what a person sees.
func writeJSON(w io.Writer, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, r := range string(data) {
		switch {
		case r < utf8.RuneSelf || unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	b.WriteByte('\n')
	_, err = io.WriteString(w, b.String())
	return err
}

func (o *Options) jsonFindings(findings []*report.Finding) []jsonFinding {
	out := make([]jsonFinding, 0, len(findings))
	for _, f := range findings {
		jf := jsonFinding{
			Analyzer: f.Analyzer, Category: f.Category, Severity: f.Severity, Confidence: f.Confidence, Message: f.Message,
			Package: f.Package, Func: f.Func, URL: f.URL, Fingerprint: f.Fingerprint,
			Start: o.jsonPosition(f.Pos), End: o.jsonPosition(f.End),
		}
		for _, step := range f.Related {
			jf.Related = append(jf.Related, jsonRelated{step.Message, o.jsonPosition(step.Pos)})
		}
		for _, call := range f.Parts()[1:] {
			jf.Calls = append(jf.Calls, jsonCall{call.Package, call.Func, o.jsonPosition(call.Pos)})
		}
		for _, fix := range f.Fixes {
			jfix := jsonFix{Message: fix.Message}
			for _, e := range fix.Edits {
				jfix.Edits = append(jfix.Edits, jsonEdit{o.slashPath(e.Start.File), e.Start.Offset, e.End.Offset, e.New})
			}
			jf.Fixes = append(jf.Fixes, jfix)
		}
		if s := f.Suppression; s != nil {
			jf.Suppression = &jsonSuppression{s.Kind, s.Reason, o.jsonPosition(s.Pos)}
		}
		jf.Evidence = newJSONEvidence(f.Evidence)
		out = append(out, jf)
	}
	return out
}

func (o *Options) jsonPosition(p record.Position) jsonPosition {
	return jsonPosition{o.slashPath(p.File), p.Line, p.Col}
}
