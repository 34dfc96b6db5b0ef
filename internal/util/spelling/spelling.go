// Package spelling finds the word that somebody meant who misspelt it.
package spelling

import "strings"

// Nearest returns the candidate that is the fewest edits away from a word, the first of
// several. It returns "" if all are so far away that none is likely to be meant: a third
// of the word may be wrong, and at least one letter. The case of letters does not count.
func Nearest(word string, candidates []string) string {
	best, limit := "", max(1, len(word)/3)+1
	for _, c := range candidates {
		if n := Distance(word, c); n < limit {
			best, limit = c, n
		}
	}
	return best
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
