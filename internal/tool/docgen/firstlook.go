package docgen

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A Verdict is what a maintainer of a repository would do about a finding that
// ctxlint made when it met the repository for the first time.
type Verdict struct {
	Batch      int
	Repository string // its name
	Place      string // file:line in it
	Check      string // analyzer/category
	Confidence string // a level of it
	Verdict    string // true, deliberate or false
	Why        string
}

// Analyzer returns the name of the analyzer that made the finding.
func (v Verdict) Analyzer() string {
	name, _, _ := strings.Cut(v.Check, "/")
	return name
}

var verdictFile = regexp.MustCompile(`^batch-(\d+)\.tsv$`)

// Verdicts reads docs/firstlook/batch-N.tsv below root: the verdicts about all
// findings of each first look, those of the oldest first. A line that is not a
// verdict is an error.
func Verdicts(root string) ([]Verdict, error) {
	dir := filepath.Join(root, "docs", "firstlook")
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []Verdict
	for _, e := range entries {
		m := verdictFile.FindStringSubmatch(e.Name())
		if m == nil {
			return nil, fmt.Errorf("docs/firstlook/%s is not named like batch-1.tsv", e.Name())
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		batch, _ := strconv.Atoi(m[1])
		verdicts, err := parseVerdicts(batch, string(text))
		if err != nil {
			return nil, fmt.Errorf("docs/firstlook/%s:%w", e.Name(), err)
		}
		all = append(all, verdicts...)
	}
	slices.SortStableFunc(all, func(a, b Verdict) int { return cmp.Compare(a.Batch, b.Batch) })
	return all, nil
}

// whole returns the suite with the checks that are bundled with it.
func whole() []analyzers.Entry { return slices.Concat(analyzers.Suite(), staticcheck.Suite()) }

const verdictHeader = "repository\tplace\tcheck\tconfidence\tverdict\twhy"

// parseVerdicts reads the lines of a file. Errors begin with the number of the line.
func parseVerdicts(batch int, text string) ([]Verdict, error) {
	var all []Verdict
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if i == 0 {
			if line != verdictHeader {
				return nil, fmt.Errorf("1: the header is not %q", verdictHeader)
			}
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 || slices.Contains(f, "") {
			return nil, fmt.Errorf("%d: want six columns, none of them empty", i+1)
		}
		v := Verdict{batch, f[0], f[1], f[2], f[3], f[4], f[5]}
		switch {
		case !slices.ContainsFunc(whole(), func(e analyzers.Entry) bool { return e.Name == v.Analyzer() }):
			return nil, fmt.Errorf("%d: there is no analyzer %q", i+1, v.Analyzer())
		case !slices.Contains(catalog.Confidences(), v.Confidence):
			return nil, fmt.Errorf("%d: %q is no confidence", i+1, v.Confidence)
		case !slices.Contains([]string{"true", "deliberate", "false"}, v.Verdict):
			return nil, fmt.Errorf("%d: %q is no verdict", i+1, v.Verdict)
		}
		all = append(all, v)
	}
	return all, nil
}

// tally counts verdicts.
type tally struct{ yes, deliberate, no int }

func (t *tally) add(v Verdict) {
	switch v.Verdict {
	case "true":
		t.yes++
	case "deliberate":
		t.deliberate++
	default:
		t.no++
	}
}

func (t tally) all() int { return t.yes + t.deliberate + t.no }

// cells returns the cells of a row: how many, and of them how many of each verdict.
func (t tally) cells() string {
	return fmt.Sprintf("%d | %d | %d | %d", t.all(), t.yes, t.deliberate, t.no)
}

// batchTable returns the table of one batch: a row for each check and confidence,
// and one for all of a confidence.
func batchTable(verdicts []Verdict) string {
	counts := make(map[[2]string]*tally) // by confidence and check
	count := func(confidence, check string, v Verdict) {
		key := [2]string{confidence, check}
		if counts[key] == nil {
			counts[key] = new(tally)
		}
		counts[key].add(v)
	}
	const all = "~" // after all names
	for _, v := range verdicts {
		count(v.Confidence, v.Check, v)
		count(v.Confidence, all, v)
	}
	var keys [][2]string
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	var b strings.Builder
	b.WriteString("| confidence | check | findings | true | deliberate | false |\n| --- | --- | ---: | ---: | ---: | ---: |\n")
	for _, key := range keys {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", key[0], strings.ReplaceAll(key[1], all, "all"), counts[key].cells())
	}
	return b.String()
}

// precision returns the table of the README: for each analyzer and confidence, the
// verdicts of the last batch in which there was such a finding.
func precision(verdicts []Verdict) string {
	var b strings.Builder
	b.WriteString("| analyzer | confidence | batch | findings | true | deliberate | false |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, confidence := range catalog.Confidences() {
		for _, e := range whole() {
			last, t := 0, tally{}
			for _, v := range verdicts {
				if v.Analyzer() != e.Name || v.Confidence != confidence {
					continue
				}
				if v.Batch != last {
					last, t = v.Batch, tally{}
				}
				t.add(v)
			}
			if last > 0 {
				fmt.Fprintf(&b, "| %s | %s | %d | %s |\n", e.Name, confidence, last, t.cells())
			}
		}
	}
	return b.String()
}

// batches splits verdicts, which are in order of their batches.
func batches(verdicts []Verdict) map[int][]Verdict {
	m := make(map[int][]Verdict)
	for _, v := range verdicts {
		m[v.Batch] = append(m[v.Batch], v)
	}
	return m
}

const firstLookFile = "docs/firstlook.md"

// firstLooks returns the text of docs/firstlook.md with a current table of each
// batch, in the section "batch-N".
func firstLooks(root string, verdicts []Verdict) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(firstLookFile)))
	if err != nil {
		return "", err
	}
	text := string(data)
	for batch, list := range batches(verdicts) { // each has a section of its own, so that the order does not matter
		if text, err = Replace(text, fmt.Sprintf("batch-%d", batch), batchTable(list)); err != nil {
			return "", fmt.Errorf("%s: %w", firstLookFile, err)
		}
	}
	return text, nil
}
