package words

import (
	"slices"
	"strings"
	"sync"
)

// SaysDetached reports whether the text of a comment, without its slashes,
// gives a reason for a fresh context: that it is fresh on purpose, or that the
// work must go on after the caller has ended. Admitting that the right context
// is still missing is no reason.
//
// A comment is a hint and nothing more: it can be about other code, or out of
// date. It may lower the severity of a finding, but never silences one.
func SaysDetached(comment string) bool {
	return matches(comment, func(phrase) bool { return true })
}

// SaysFreshOnPurpose reports whether a comment says both that something is
// intended and that it is a fresh context, in which case it need not be next to
// the call.
func SaysFreshOnPurpose(comment string) bool {
	return matches(comment, func(p phrase) bool { return p.plain })
}

// SaysAtEnd reports whether a comment says that what it describes runs when the
// process, or a part of it, ends. Then the context of the caller may have ended, too.
func SaysAtEnd(comment string) bool {
	return matches(comment, func(p phrase) bool { return p.atEnd })
}

// Words that change the meaning of what follows in their clause.
var (
	negations  = strings.Fields("not never no nothing nobody without hardly neither nor")
	conditions = strings.Fields("if when once until unless whether while")
	admissions = strings.Fields("todo fixme xxx")
)

// An element is one part of a pattern.
type element struct {
	words    []string // nil stands for up to three words, whatever they are
	optional bool
}

// patterns are the patterns of the phrases, made when first needed: most runs
// have no finding that asks.
var patterns = sync.OnceValue(func() map[string][]element {
	all := make(map[string][]element)
	for _, p := range phrases {
		for part := range strings.FieldsSeq(p.pattern) {
			words, optional := strings.CutSuffix(part, "?")
			e := element{optional: optional}
			if words != "*" {
				e.words = strings.Split(words, "|")
			}
			all[p.pattern] = append(all[p.pattern], e)
		}
	}
	return all
})

func matches(comment string, wanted func(phrase) bool) bool {
	words := sentence(comment)
	if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(admissions, w) }) {
		return false
	}
	return slices.ContainsFunc(phrases, func(p phrase) bool { return wanted(p) && p.in(words) })
}

// in reports whether the words of a comment contain the phrase.
func (p phrase) in(words []string) bool {
	for i := range words {
		if end := match(patterns()[p.pattern], words, i); end > 0 && !p.denied(words, i) && !p.differs(words[end:]) {
			return true
		}
	}
	return false
}

// denied reports whether one of the three words before the i'th, in the same
// clause, negates what follows.
func (p phrase) denied(words []string, i int) bool {
	for k := i - 1; k >= max(0, i-3) && !isMark(words[k]); k-- {
		if slices.Contains(negations, words[k]) || p.state && slices.Contains(conditions, words[k]) {
			return true
		}
	}
	return false
}

// differs reports whether the rest of a sentence changes what it says: to a
// question, or to a statement about something else.
func (p phrase) differs(rest []string) bool {
	for _, w := range rest {
		switch {
		case w == "?":
			return true
		case w == "." || w == "!":
			return false
		case slices.Contains(strings.Split(p.unless, "|"), w):
			return true
		}
	}
	return false
}

// match returns the index after the words that match the pattern from the i'th
// on, or 0 if they do not match.
func match(pattern []element, words []string, i int) int {
	if len(pattern) == 0 {
		return i
	}
	first, rest := pattern[0], pattern[1:]
	if first.words == nil {
		for n := 0; ; n++ {
			if end := match(rest, words, i+n); end > 0 {
				return end
			}
			if n == 3 || i+n >= len(words) || isMark(words[i+n]) {
				return 0
			}
		}
	}
	if i < len(words) && slices.Contains(first.words, words[i]) {
		if end := match(rest, words, i+1); end > 0 {
			return end
		}
	}
	if first.optional {
		return match(rest, words, i)
	}
	return 0
}

func isMark(word string) bool { return strings.ContainsAny(word[:1], ".,;:?!") }

// sentence returns the words of a text in lower case, and its punctuation
// marks. "n't" becomes a separate word, "not"; a hyphen separates words, but a
// dot within a word does not.
func sentence(text string) []string {
	var words []string
	for _, field := range strings.FieldsFunc(strings.ToLower(text), isBlank) {
		field = strings.ReplaceAll(field, "’", "'")
		word := strings.TrimRight(field, ".,;:?!")
		if word == "cannot" {
			words = append(words, "can", "not")
		} else if base, not := strings.CutSuffix(word, "n't"); not {
			words = append(words, base, "not")
		} else if word != "" {
			words = append(words, word)
		}
		if rest := field[len(word):]; rest != "" {
			words = append(words, rest[:1])
		}
	}
	return words
}

// isBlank reports whether r separates words. Parentheses do: prose names a call
// with or without them.
func isBlank(r rune) bool { return strings.ContainsRune(" \t\r\n()[]{}<>*/-–—_`\"“”", r) }
