package words

import "strings"

// A row of the table: entries that mean the same, with names that are tests.
type row struct {
	words string // entries, separated by commas
	means Class
	yes   string // names that have one, separated by spaces
	no    string // names that look as if they had one
}

// An entry is a word, or several that are found written together, too.
type entry struct {
	joined string
	means  Class
}

// entries returns the entries of a row, with what is written as one word with
// them: names of channels often run into an ending (stopc, donech, quitchan), and
// those of loggers end with the form of what they take (infof, warnw, println).
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
