package words

import "strings"

// A row of the table: entries that mean the same, with example names that are
// tests.
type row struct {
	words string // entries, separated by commas
	means Class
	yes   string // names that contain an entry, separated by spaces
	no    string // names that only look as if they contained one
}

// An entry is a word, or several words, which are also found when written
// together.
type entry struct {
	joined string
	means  Class
}

// entries returns the entries of a row, and the forms in which an ending is
// attached to them: names of channels often end in c, ch or chan (stopc,
// donech, quitchan), and names of loggers in the form of what they take (infof,
// warnw, println).
func (r row) entries() []entry {
	var out []entry
	for words := range strings.SplitSeq(r.words, ",") {
		joined := strings.ReplaceAll(words, " ", "")
		out = append(out, entry{joined, r.means})
		for _, e := range endings {
			if r.means&e.of != 0 {
				for ending := range strings.FieldsSeq(e.all) {
					out = append(out, entry{joined + ending, e.of})
				}
			}
		}
	}
	return out
}

var endings = []struct {
	of  Class
	all string
}{
	{Over, "c ch chan"},
	{Logs, "f w ln x"},
}
