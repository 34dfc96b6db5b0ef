package format

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report"
)

// The part of the format of Code Climate that GitLab reads:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type (
	qualityIssue struct {
		Description string          `json:"description"`
		CheckName   string          `json:"check_name"`
		Fingerprint string          `json:"fingerprint"`
		Severity    string          `json:"severity"`
		Location    qualityLocation `json:"location"`
	}
	qualityLocation struct {
		Path  string       `json:"path"`
		Lines qualityLines `json:"lines"`
	}
	qualityLines struct {
		Begin int `json:"begin"`
		End   int `json:"end,omitempty"`
	}
)

// qualitySeverities are the words of Code Climate for the levels.
var qualitySeverities = map[analyzers.Severity]string{analyzers.Error: "critical", analyzers.Warning: "major", analyzers.Note: "info"}

// CodeQuality writes the report that GitLab shows in merge requests. What could not be
// analysed is in it if its place is known, since every issue is about a file.
func CodeQuality(w io.Writer, r *report.Report, o *Options) error {
	issues := []qualityIssue{}
	for _, it := range o.items(r) {
		if it.pos == nil {
			continue
		}
		issue := qualityIssue{Description: it.message, CheckName: it.check, Severity: qualitySeverities[it.severity]}
		if it.check == "" {
			issue.CheckName, issue.Severity = failure, "blocker"
		}
		issue.Location = qualityLocation{o.inRepository(it.pos.File), qualityLines{Begin: max(it.pos.Line, 1)}}
		if it.end != nil && it.end.File == it.pos.File && it.end.Line > it.pos.Line {
			issue.Location.Lines.End = it.end.Line
		}
		if it.finding != nil {
			issue.Fingerprint = it.finding.Fingerprint
		} else {
			sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %d %q", issue.CheckName, issue.Location.Path, issue.Location.Lines.Begin, it.message))
			issue.Fingerprint = hex.EncodeToString(sum[:16])
		}
		issues = append(issues, issue)
	}
	return writeJSON(w, issues)
}

// failure is the name of a check for what could not be analysed.
const failure = "ctxlint/error"
