package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A report is all that was measured on one target.
type report struct {
	Date    time.Time
	Machine machine
	Runs    int
	Tools   []*tool // the first is the one that the others are compared with
	Result  *targetResult
}

// A targetResult is what was measured on one target.
type targetResult struct {
	*target
	samples map[string]map[situation][]sample // by tool
	Counts  []toolCounts
}

// A toolCounts says what cmd/go executed for a tool in each situation.
type toolCounts struct {
	Tool   string
	Counts []count
}

func (r *targetResult) add(tool string, s situation, m sample) {
	if r.samples == nil {
		r.samples = make(map[string]map[situation][]sample)
	}
	if r.samples[tool] == nil {
		r.samples[tool] = make(map[situation][]sample)
	}
	r.samples[tool][s] = append(r.samples[tool][s], m)
}

// median returns the middle value, or the mean of the two middle values. It
// panics if there are no values.
func median[T any, N ~int64](values []T, value func(T) N) N {
	var sorted []N
	for _, v := range values {
		sorted = append(sorted, value(v))
	}
	slices.Sort(sorted)
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func wall(s sample) time.Duration { return s.Wall }
func cpu(s sample) time.Duration  { return s.CPU }
func peak(s sample) int64         { return s.Peak }

// markdown renders the report.
func (r *report) markdown() string {
	var b strings.Builder
	m, t := r.Machine, r.Result
	facts := []string{r.Date.Format(time.DateOnly), m.Go, m.OS, fmt.Sprintf("%d cores", m.Cores)}
	for _, fact := range []string{m.CPU, m.Memory} {
		if fact != "" {
			facts = append(facts, fact)
		}
	}
	fmt.Fprintf(&b, "Target: %s, %d packages and their tests.\n", t.Name, t.Packages)
	fmt.Fprintf(&b, "The file that is edited belongs to `%s`, on which %d of the packages depend.\n", t.Edited, t.Dependents)
	fmt.Fprintf(&b, "Measured on %s. Each number is the median of %d runs.\n", strings.Join(facts, ", "), r.Runs)
	for _, s := range situations {
		r.situation(&b, s)
	}
	r.counts(&b)
	return b.String()
}

// titles explain the situations.
var titles = map[situation]string{
	cold:         "Cold: everything compiled, nothing analysed yet",
	warm:         "Warm: the same again",
	commentAdded: "After a comment was added to a file",
	bodyChanged:  "After the body of an exported function was changed",
}

// situation renders the samples of one situation.
func (r *report) situation(b *strings.Builder, s situation) {
	samples := func(t *tool) []sample { return r.Result.samples[t.Name][s] }
	reference := r.Tools[0]
	base := median(samples(reference), wall)
	fmt.Fprintf(b, "\n%s.\n\n", titles[s])
	fmt.Fprintf(b, "| tool | time | fastest–slowest | CPU time | largest process | %s takes |\n", reference.Name)
	b.WriteString("| --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, t := range r.Tools {
		ratio := ""
		if t != reference {
			ratio = fmt.Sprintf("%.2f×", float64(base)/float64(median(samples(t), wall)))
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", strings.TrimSpace(t.Name+" "+t.Version), row(samples(t)), ratio)
	}
}

// row renders the cells that are about one tool alone.
func row(samples []sample) string {
	byWall := func(a, b sample) int { return cmp.Compare(a.Wall, b.Wall) }
	memory := "unknown"
	if p := median(samples, peak); p > 0 {
		memory = fmt.Sprintf("%d MB", p>>20)
	}
	return fmt.Sprintf("%.2f s | %.2f–%.2f s | %.2f s | %s",
		median(samples, wall).Seconds(),
		slices.MinFunc(samples, byWall).Wall.Seconds(), slices.MaxFunc(samples, byWall).Wall.Seconds(),
		median(samples, cpu).Seconds(), memory)
}

// counts renders what cmd/go executed, which shows that cold is cold and warm
// is warm.
func (r *report) counts(b *strings.Builder) {
	if len(r.Result.Counts) == 0 {
		return
	}
	b.WriteString("\nExecutions of the tool / of the compiler that `go vet -x` shows in the same situations:\n\n| tool |")
	for _, s := range situations {
		fmt.Fprintf(b, " %s |", s)
	}
	b.WriteString("\n| --- |" + strings.Repeat(" ---: |", len(situations)) + "\n")
	for _, c := range r.Result.Counts {
		fmt.Fprintf(b, "| %s |", c.Tool)
		for _, n := range c.Counts {
			fmt.Fprintf(b, " %d / %d |", n.Analysed, n.Compiled)
		}
		b.WriteString("\n")
	}
}
