package snapshot

import (
	"bytes"
	"regexp"

	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// Logs have something before each line: a time, the name of a container, a level. It is
// what comes before the header of a stack, where digits may differ from line to line.

// prefix recognises what a log has before each line of a stack.
type prefix struct {
	text    string // of the last header, with one digit for each number
	pattern *regexp.Regexp
}

var number = lazyregexp.New(`\d+`)

// maxPrefix is the length of the longest one.
const maxPrefix = 256

// splitHeader returns what a log has before the header of a stack, and the header.
func splitHeader(line []byte) (before, header []byte) {
	at := bytes.Index(line, []byte("oroutine ")) - 1
	if at <= 0 {
		return nil, line
	}
	before = bytes.TrimRight(line[:at], " \t[")
	if len(before) == 0 || len(before) > maxPrefix || bytes.HasSuffix(before, []byte("goroutines:")) {
		return nil, line
	}
	return before, line[len(before):]
}

// set takes what was before a header.
func (p *prefix) set(before []byte) {
	text := string(number.ReplaceAll(before, []byte("0")))
	switch {
	case text == p.text:
	case text == "":
		*p = prefix{}
	default:
		*p = prefix{text, regexp.MustCompile("^" + number.ReplaceAllString(regexp.QuoteMeta(text), `\d+`))}
	}
}

// cut returns a line without its prefix; ok is false if it has another one, so that
// something else has written it.
func (p *prefix) cut(line []byte) (rest []byte, ok bool) {
	if p.pattern == nil {
		return line, true
	}
	m := p.pattern.FindIndex(line)
	if m == nil {
		return line, false
	}
	return line[m[1]:], true
}

// isCall reports whether a line is that of a call in a stack, without a prefix.
func isCall(line []byte) bool {
	line = bytes.TrimRight(line, "\r\n")
	i := bytes.LastIndexByte(line, '(')
	return i > 0 && line[len(line)-1] == ')' && !bytes.ContainsAny(line[:i], " \t") && bytes.IndexByte(line[:i], '.') > 0
}
