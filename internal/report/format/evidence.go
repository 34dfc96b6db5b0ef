package format

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// Evidence in the JSON format, and in the properties of SARIF. Lists have a number for each
// input of that kind, in the order in which they were given.
type (
	jsonEvidence struct {
		Count      int64           `json:"count"`
		Goroutines *jsonGoroutines `json:"goroutines,omitempty"`
		Series     *jsonSeries     `json:"series,omitempty"`
		Heap       *jsonHeap       `json:"heap,omitempty"`
	}
	jsonGoroutines struct {
		Counts         []int64 `json:"counts"`
		Wait           string  `json:"wait,omitempty"`
		LongestMinutes int64   `json:"longestMinutes,omitempty"`
		Leaked         int64   `json:"leaked,omitempty"`
		Near           bool    `json:"near,omitempty"`
	}
	jsonSeries struct {
		Metric   string   `json:"metric"`
		Label    string   `json:"label,omitempty"`
		Counts   []int64  `json:"counts"`
		Values   []int64  `json:"values,omitempty"`
		AtLeast  bool     `json:"atLeast,omitempty"`
		Examples []string `json:"examples,omitempty"`
	}
	jsonHeap struct {
		Kept   string  `json:"kept,omitempty"`
		Counts []int64 `json:"counts"`
		Bytes  int64   `json:"bytes"`
		Near   bool    `json:"near,omitempty"`
	}
	jsonInput struct {
		File      string     `json:"file"`
		Kind      string     `json:"kind"`
		Total     int64      `json:"total"`
		Own       int64      `json:"own"`
		Explained int64      `json:"explained"`
		Frames    jsonFrames `json:"frames"`
		Problem   string     `json:"problem,omitempty"`
		Dropped   int64      `json:"dropped,omitempty"`
	}
	jsonFrames struct {
		Exact   int64 `json:"exact"`
		Near    int64 `json:"near"`
		Missing int64 `json:"missing"`
	}
)

func newJSONEvidence(e *report.Evidence) *jsonEvidence {
	if e == nil {
		return nil
	}
	out := &jsonEvidence{Count: e.Count()}
	if g := e.Goroutines; g != nil {
		out.Goroutines = &jsonGoroutines{g.Counts, g.Wait, int64(g.Longest / time.Minute), g.Leaked, g.Near}
	}
	if s := e.Series; s != nil {
		out.Series = &jsonSeries{s.Metric, s.Label, s.Counts, s.Values, s.AtLeast, s.Examples}
	}
	if h := e.Heap; h != nil {
		out.Heap = &jsonHeap{h.Kept, h.Counts, h.Bytes, h.Near}
	}
	return out
}

func newJSONInput(in *report.Input) jsonInput {
	return jsonInput{in.Name, in.Kind, in.Total, in.Own, in.Explained, jsonFrames(in.Frames), in.Problem, in.Dropped}
}

// inputSummary says in one line what an input has, and how it fits the code.
func inputSummary(in *report.Input) string {
	text := fmt.Sprintf("%s: %s, %s", in.Name, in.Format, report.Plural(in.Total, singular[in.Kind]))
	if in.Kind != "metrics" {
		text += fmt.Sprintf(", %s in this code", report.Grouped(in.Own))
		if in.Explained > 0 {
			text += fmt.Sprintf(", %s of them at findings", report.Grouped(in.Explained))
		}
		if f := in.Frames; f.Exact+f.Near+f.Missing > 0 {
			text += fmt.Sprintf("; %d%% of %s fit the code", f.Percent(), report.Plural(f.Exact+f.Near+f.Missing, "frame"))
			if f.Near > 0 {
				text += fmt.Sprintf(", %s only near", report.Grouped(f.Near))
			}
			if f.Missing > 0 {
				text += fmt.Sprintf(", %s in no function of it", report.Grouped(f.Missing))
			}
		}
	}
	if in.Dropped > 0 {
		text += fmt.Sprintf("; %s left out, beyond the limits", report.Grouped(in.Dropped))
	}
	if in.Problem != "" {
		text += "; " + in.Problem
	}
	return text
}

// EvidenceNotes says what was read as evidence, and what of it is about no code that was
// analysed, as far as the analyzers that ran can tell.
func EvidenceNotes(r *report.Report, suite []analyzers.Entry) []string {
	var notes []string
	for _, in := range r.Inputs {
		notes = append(notes, inputSummary(in))
	}
	where := "labelcardinality, which knows where it is set, is off"
	if slices.ContainsFunc(suite, func(e analyzers.Entry) bool { return e.Name == "labelcardinality" }) {
		where = "nothing in these packages sets it"
	}
	for _, series := range r.Unplaced {
		notes = append(notes, (&report.Evidence{Series: series}).Sentences()[0]+"; "+where)
	}
	return notes
}

var singular = map[string]string{"goroutines": "goroutine", "leaks": "goroutine", "heap": "object", "metrics": "time series"}

// EvidenceListing writes what inputs have of the code, without findings.
func EvidenceListing(w io.Writer, l *report.Listing, o *Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{o}
	for i, section := range l.Sections {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, visible.Text(inputSummary(section.Input)))
		for _, line := range section.Lines {
			at := ""
			if line.Pos.File != "" {
				at = "  " + t.position(line.Pos)
			}
			fmt.Fprintf(out, "%9s  %s%s\n", report.Grouped(line.Count), visible.Text(line.Text), at)
		}
		if section.More > 0 {
			fmt.Fprintf(out, "%9s  and %s\n", "", report.Plural(int64(section.More), "more place"))
		}
		if section.Foreign != "" {
			fmt.Fprintf(out, "%9s  %s\n", "", visible.Text(section.Foreign))
		}
	}
	return out.Flush()
}
