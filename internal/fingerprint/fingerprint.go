// Package fingerprint gives a finding a name that survives edits elsewhere:
// the same finding keeps its fingerprint when lines move, when its file is
// renamed, and when gofmt changes white space.
package fingerprint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// A Key is what identifies a finding. No position is part of it.
type Key struct {
	Analyzer string
	Category string
	Package  string // import path
	Func     string // enclosing declaration
	Message  string
	Line     string // the source line of the finding
}

// A Counter tells apart findings with equal keys, in the order in which they
// are given to it. The zero value is ready for use.
type Counter struct{ seen map[string]int }

// Fingerprint returns the fingerprint of the next finding with the key k:
// 32 hexadecimal digits, a colon, and the ordinal among equals, from 1.
func (c *Counter) Fingerprint(k Key) string {
	if c.seen == nil {
		c.seen = make(map[string]int)
	}
	h := sha256.New()
	for _, part := range []string{k.Analyzer, k.Category, k.Package, k.Func, withoutPositions(k.Message), withoutSpace(k.Line)} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	sum := hex.EncodeToString(h.Sum(nil)[:16])
	c.seen[sum]++
	return fmt.Sprintf("%s:%d", sum, c.seen[sum])
}

var positions = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[^\s"'()]+\.go(:[0-9]+){1,2}|\bline [0-9]+`)
})

// withoutPositions blanks the file positions that a message mentions.
func withoutPositions(message string) string {
	return positions().ReplaceAllString(message, "…")
}

func withoutSpace(line string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, line)
}
