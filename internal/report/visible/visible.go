// Package visible makes text from elsewhere fit to be shown.
package visible

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Text returns s with everything that a terminal would interpret rather than
// show written as a Go escape: control characters, bytes that are not UTF-8,
// and characters that reorder or hide text.
func Text(s string) string {
	clean := true
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		text, n := Rune(s)
		b.WriteString(text)
		s = s[n:]
	}
	return b.String()
}

// Lines is [Text] for text with several lines: line breaks stay, and tabs
// become spaces.
func Lines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\t", "    "), "\n")
	for i := range lines {
		lines[i] = Text(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Rune returns the visible form of the first character of s, and its
// length in s.
func Rune(s string) (text string, n int) {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		const hex = "0123456789abcdef"
		return `\x` + string(hex[s[0]>>4]) + string(hex[s[0]&15]), 1
	case unicode.IsPrint(r):
		return s[:n], n
	}
	quoted := strconv.QuoteRuneToASCII(r)
	return quoted[1 : len(quoted)-1], n
}

// Columns returns how many terminal columns visible text takes.
func Columns(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// Cut shortens visible text to at most n columns.
func Cut(text string, n int) string {
	used := 0
	for i, r := range text {
		if used += Columns(string(r)); used > n {
			return text[:i]
		}
	}
	return text
}

func isWide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}
