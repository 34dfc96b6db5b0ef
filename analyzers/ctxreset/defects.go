package ctxreset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// defects divides the fresh contexts of a function into those that one change
// corrects. Contexts are one defect if they reach the same work, as from the
// branches of an if statement; and all that is made in the same branches is one
// defect with them, as where each branch fills two variables. Within a defect, and
// among them, the order is that of the source.
func (c *checker) defects(resets []*reset) [][]*reset {
	resets = slices.SortedFunc(slices.Values(resets), func(a, b *reset) int { return c.places.Compare(a.instr.Pos(), b.instr.Pos()) })
	return unite(unite(alone(resets), sharedWork), branches)
}

func alone(resets []*reset) [][]*reset {
	var all [][]*reset
	for _, r := range resets {
		all = append(all, []*reset{r})
	}
	return all
}

// unite joins groups that have a key in common.
func unite[K comparable](groups [][]*reset, keys func([]*reset) []K) [][]*reset {
	owner := make(map[K]int) // by key, the group that has it
	into := make([]int, len(groups))
	find := func(i int) int {
		for into[i] != i {
			i = into[i]
		}
		return i
	}
	for i, g := range groups {
		into[i] = i
		for _, key := range keys(g) {
			if j, ok := owner[key]; ok {
				a, b := find(i), find(j)
				into[max(a, b)] = min(a, b)
			} else {
				owner[key] = i
			}
		}
	}
	joined := make([][]*reset, len(groups))
	for i, g := range groups {
		first := find(i)
		joined[first] = append(joined[first], g...)
	}
	return slices.DeleteFunc(joined, func(g []*reset) bool { return len(g) == 0 })
}

// A workKey is what resets of one defect have in common. One that a comment explains
// is a note, and another is not.
type workKey struct {
	instr     ssa.Instruction
	explained bool
}

func sharedWork(g []*reset) []workKey {
	var keys []workKey
	for _, r := range g {
		for _, u := range r.work {
			keys = append(keys, workKey{u.Instr, r.explained})
		}
	}
	return keys
}

// branches returns a key for the blocks in which the contexts of a group are made,
// none if that is one block: what follows one after the other are separate defects.
func branches(g []*reset) []string {
	var blocks []string
	for _, r := range g {
		blocks = append(blocks, fmt.Sprint(r.instr.Block().Index))
	}
	slices.Sort(blocks)
	blocks = slices.Compact(blocks)
	if len(blocks) < 2 {
		return nil
	}
	return []string{fmt.Sprint(g[0].explained, g[0].work[0].Kind == ctxflow.Started, strings.Join(blocks, " "))}
}

// reportDefect reports one of the fresh contexts of a defect: of those of which most
// is proved, the first that no comment silences. The others are related information, and its fix changes them,
// too, or nothing.
func (c *checker) reportDefect(defect []*reset, describe func(*reset) (diag.Finding, bool)) {
	var wanted []diag.Finding
	for _, r := range defect {
		if f, ok := describe(r); ok && c.report.Wants(f) {
			wanted = append(wanted, f)
		}
	}
	if len(wanted) == 0 {
		return
	}
	slices.SortStableFunc(wanted, func(a, b diag.Finding) int { return cmp.Compare(c.report.Confidence(a), c.report.Confidence(b)) })
	f := wanted[0]
	for _, other := range wanted[1:] {
		c.report.Silent(other.Category, other.Pos, partOfOther)
	}
	for _, other := range wanted[1:] {
		if c.report.Confidence(other) > c.report.Confidence(f) {
			break // what is proved is told, and fixed, without what is likely
		}
		f.Related = append(f.Related, analysis.RelatedInformation{Pos: other.Pos, End: other.End, Message: "the context made here is cut off, too"})
		switch {
		case len(f.SuggestedFixes) == 0:
		case len(other.SuggestedFixes) == 0:
			f.SuggestedFixes = nil
		default:
			fix := f.SuggestedFixes[0]
			fix.TextEdits = slices.Concat(fix.TextEdits, other.SuggestedFixes[0].TextEdits)
			f.SuggestedFixes = []analysis.SuggestedFix{fix}
		}
	}
	c.report.ReportFinding(f)
}
