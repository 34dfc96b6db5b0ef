// Package spelling finds the word that somebody meant who misspelt it.
package spelling

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns the candidate that is the fewest edits away from a word, the first of
// several. It returns "" if all are so far away that none is likely to be meant: a third
// of the word may be wrong, and at least one letter. The case of letters does not count.
func Nearest(word string, candidates []string) string {
	best, limit := "", tolerance(word)+1
	for _, c := range candidates {
		if n := Distance(word, c); n < limit {
			best, limit = c, n
		}
	}
	return best
}

// tolerance returns how many edits away a word still may be meant.
func tolerance(word string) int { return max(1, len(word)/3) }

// most is how many words are worth offering.
const most = 3

// Near returns the candidates that a word may be a misspelling or the beginning of, the
// nearest first, and at most three.
func Near(word string, candidates []string) []string {
	type near struct {
		name     string
		distance int
	}
	var found []near
	for _, c := range candidates {
		n := Distance(word, c)
		if n <= tolerance(word) && n < len(word) || len(word) >= 3 && strings.HasPrefix(strings.ToLower(c), strings.ToLower(word)) {
			found = append(found, near{c, n})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var names []string
	for _, n := range slices.Compact(found) {
		names = append(names, n.name)
	}
	return names[:min(most, len(names))]
}

// Question returns "did you mean a, b or c?" with the candidates that a word may stand
// for, or "" if there are none.
func Question(word string, candidates []string) string {
	found := Near(word, candidates)
	if len(found) == 0 {
		return ""
	}
	return "did you mean " + Or(found) + "?"
}

// Or joins words as an enumeration of which one holds: "a, b or c".
func Or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Distance returns how many edits make one word of the other: letters that are added,
// left out or replaced, and neighbours that are swapped. The case of letters does not
// count.
func Distance(a, b string) int {
	from, to := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	var before []int // the row of the letter before the last one
	last := make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row := make([]int, len(to)+1)
		row[0] = i + 1
		for j := range to {
			replaced := last[j]
			if from[i] != to[j] {
				replaced++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, replaced)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(to)]
}
