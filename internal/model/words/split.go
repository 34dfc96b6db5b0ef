package words

import (
	"strings"
	"unicode"
)

// Split returns the words of a name in lower case. A word ends where the case
// changes, at a digit, and at everything that is neither letter nor digit; an
// initialism is one word, even in the plural: "HTTPServerClose" is http,
// server, close, "userIDs" is user, ids, and "sha256_sum" is sha, 256, sum.
func Split(name string) []string {
	var words []string
	runes := []rune(name)
	for i := 0; i < len(runes); {
		end := i + 1
		switch r := runes[i]; {
		case unicode.IsDigit(r):
			end = span(runes, i, unicode.IsDigit)
		case unicode.IsUpper(r):
			end = capitals(runes, i)
		case unicode.IsLetter(r):
			end = span(runes, i, isLower)
		default:
			i++
			continue
		}
		words = append(words, strings.ToLower(string(runes[i:end])))
		i = end
	}
	return words
}

// capitals returns the end of a word that begins with a capital: a capitalized
// word or an initialism, whose last capital may begin the next word.
func capitals(runes []rune, i int) int {
	end := span(runes, i, unicode.IsUpper)
	lower := span(runes, end, isLower)
	switch {
	case lower == end || end-i > 1 && lower == end+1 && runes[end] == 's':
		return lower // ID, IDs
	case end-i == 1:
		return lower // Close
	}
	return end - 1 // HTTP of HTTPServer
}

func span(runes []rune, i int, is func(rune) bool) int {
	for i < len(runes) && is(runes[i]) {
		i++
	}
	return i
}

func isLower(r rune) bool { return unicode.IsLetter(r) && !unicode.IsUpper(r) }
