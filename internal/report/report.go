// Package report turns the records of a run into what is shown: findings with
// full paths, each once, in a fixed order. It is pure data, and does not depend
// on the order in which records arrive.
package report

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/util/order"
)

// A Report is the outcome of a run. All files in it are absolute paths.
type Report struct {
	Findings   []*Finding // what a person should act on
	Suppressed []*Finding // what someone decided to silence, with the decision
	Hidden     []*Finding // what nobody has asked for, because too little of it is proved
	Unused     []Unused   // suppression comments that silence nothing
	Errors     []Error    // what could not be analysed, and why
	Packages   int        // packages that were asked for and analysed

	FailOn string // the least severity of findings that fail the run, or [Never]; "" for any

	Interrupted bool // before everything was analysed

	Sinks []record.Sink // places in them that set labels of metrics

	Decisions []record.Decision // why nothing is said about places, if the run was asked for that
	Inputs    []*Input          // that evidence comes from
	Unplaced  []*Series         // with too many values, and set nowhere in the packages
}

// A Finding is a diagnostic in a package that was asked for.
type Finding struct {
	record.Finding
	Package     string // import path; that of the tested package in an external test
	Severity    analyzers.Severity
	ID          string       // identifies it in a baseline: the same wherever its code is moved
	Fingerprint string       // identifies it within its package
	Suppression *Suppression // nil for a finding that is reported
	Evidence    *Evidence    // nil if there is none
	// Calls are the findings of one root that [Report.Merge] has made this one of, the
	// one that is shown first; nil for any other finding.
	Calls []*Finding

	OfRoot *RootIdentity // what identifies it when it is merged, nil if that is its own place
}

// A Suppression is a decision to silence a finding.
type Suppression struct {
	Kind   Kind
	Reason string
	Pos    record.Position // where it was written
}

// Kind says where a suppression was written down.
type Kind string

// The kinds of suppression.
const (
	ByComment  Kind = "comment"
	ByConfig   Kind = "config"
	ByBaseline Kind = "baseline"
)

// Unused is a suppression that silences nothing: a comment, which is malformed
// if Problem is not empty, if Stale is set an entry of a baseline, or, if Config is not
// empty, something in the configuration, of which it says what is wrong.
type Unused struct {
	record.Ignore
	Package string // of a comment
	Stale   bool
	Config  string
}

// Names, as shown, of ctxlint's own checks of suppressions.
const (
	UnusedIgnore    = "ctxlint/unused-ignore"
	MalformedIgnore = "ctxlint/malformed-ignore"
	StaleBaseline   = "ctxlint/stale-baseline"
	UnusedConfig    = "ctxlint/unused-config"
)

// Describe returns the check and the message for the suppression.
func (u Unused) Describe() (check, message string) {
	if u.Stale {
		return StaleBaseline, "the finding of this entry is gone; -write-baseline removes it: " + u.Text
	}
	if u.Config != "" {
		return UnusedConfig, u.Config + "; remove it: " + u.Text
	}
	if u.Problem != "" {
		return MalformedIgnore, u.Problem
	}
	return UnusedIgnore, "this comment silences nothing; remove it: " + u.Text
}

// An Error is a reason why something could not be analysed.
type Error struct {
	Package string           // "" if it is not about a particular package
	Pos     *record.Position // nil if unknown
	Message string           // may have several lines
	Follows bool             // it is a consequence of other errors, after which it stands
}

// Never is the value of [Report.FailOn] of a run that no finding fails.
const Never = "never"

// CheckFailOn reports why a value cannot be that of [Report.FailOn].
func CheckFailOn(value string) error {
	switch value {
	case string(analyzers.Error), string(analyzers.Warning), string(analyzers.Note), Never:
		return nil
	}
	return fmt.Errorf("fail-on is error, warning, note or never, and not %q", value)
}

// ExitCode returns the exit code that says how the run went: 0 if there is nothing to do,
// or nothing that fails it; 1 if there are findings, or unused suppressions, which count
// as warnings; 2 if something could not be analysed.
func (r *Report) ExitCode() int {
	switch {
	case len(r.Errors) > 0:
		return 2
	case slices.ContainsFunc(r.Findings, func(f *Finding) bool { return r.fails(f.Severity) }), len(r.Unused) > 0 && r.fails(analyzers.Warning):
		return 1
	}
	return 0
}

// fails reports whether a finding of that severity fails the run.
func (r *Report) fails(severity analyzers.Severity) bool {
	return r.FailOn == "" || r.FailOn != Never && severity.Rank() <= analyzers.Severity(r.FailOn).Rank()
}

// Check returns the finding's analyzer and category as people write them.
func (f *Finding) Check() string { return catalog.Check(f.Analyzer, f.Category) }

// Label returns the check as it is shown beside a message: with the confidence,
// unless that is high.
func (f *Finding) Label() string {
	if f.Confidence > catalog.High {
		return f.Check() + ", " + f.Confidence.String()
	}
	return f.Check()
}

// Drop removes the findings for which drop is true, suppressed ones included. Of a
// merged finding it removes the calls for which drop is true: what is left of it
// may be shown somewhere else.
func (r *Report) Drop(drop func(*Finding) bool) {
	r.Findings = dropFrom(r.Findings, drop)
	r.Suppressed = dropFrom(r.Suppressed, drop)
}

func dropFrom(findings []*Finding, drop func(*Finding) bool) []*Finding {
	var left []*Finding
	for _, f := range findings {
		if f = f.without(drop); f != nil {
			left = append(left, f)
		}
	}
	slices.SortFunc(left, compareFindings)
	return left
}

// Hide moves the findings for which hide is true to Hidden, and drops those that are
// suppressed. A merged finding stays if hide is false for one of its calls.
func (r *Report) Hide(hide func(*Finding) bool) {
	for _, f := range r.Findings {
		if f.without(hide) == nil {
			r.Hidden = append(r.Hidden, f)
		}
	}
	r.Drop(hide)
}

// Suppress moves the findings for which by returns a suppression to Suppressed.
func (r *Report) Suppress(by func(*Finding) *Suppression) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool {
		f.Suppression = by(f)
		if f.Suppression != nil {
			r.Suppressed = append(r.Suppressed, f)
		}
		return f.Suppression != nil
	})
	slices.SortFunc(r.Suppressed, compareFindings)
}

// AddErrors adds errors; of several at one position, only the first stays.
func (r *Report) AddErrors(errs ...Error) {
	told := make(toldErrors)
	for _, e := range r.Errors {
		told.add(e)
	}
	for _, e := range errs {
		if told.add(e) {
			r.Errors = append(r.Errors, e)
		}
	}
	slices.SortStableFunc(r.Errors, func(a, b Error) int {
		return cmp.Or(order.Bools(a.Follows, b.Follows), comparePointers(a.Pos, b.Pos), cmp.Compare(a.Package, b.Package), cmp.Compare(a.Message, b.Message))
	})
}

// toldErrors are errors by what makes others the same: the compiler and the analysis, or two
// variants of a package, word one error slightly differently.
type toldErrors map[any]bool

// add adds an error, and reports whether it is none of those that are there.
func (t toldErrors) add(e Error) bool {
	type column struct {
		file      string
		line, col int
	}
	type message struct {
		file string
		line int
		text string
	}
	keys := []any{e}
	if e.Pos != nil {
		keys = []any{column{e.Pos.File, e.Pos.Line, e.Pos.Col}, message{e.Pos.File, e.Pos.Line, e.Message}}
	}
	if slices.ContainsFunc(keys, func(key any) bool { return t[key] }) {
		return false
	}
	for _, key := range keys {
		t[key] = true
	}
	return true
}

func compareFindings(a, b *Finding) int {
	return cmp.Or(
		comparePositions(a.Pos, b.Pos),
		cmp.Compare(a.Analyzer, b.Analyzer),
		cmp.Compare(a.Category, b.Category),
		cmp.Compare(a.Message, b.Message),
		comparePositions(a.End, b.End),
	)
}

func comparePositions(a, b record.Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// comparePointers orders unknown positions first.
func comparePointers(a, b *record.Position) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return +1
	}
	return comparePositions(*a, *b)
}
