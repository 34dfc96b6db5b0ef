// Package fingerprint gives a finding a name that survives edits elsewhere:
// the same finding keeps its fingerprint when lines move, when its file is
// renamed, when code is formatted or comments change, and when another version
// of ctxlint words its message differently.
//
// This is version 2. Version 1 hashed the finding's message and its line, so
// that a finding got another name when its statement was wrapped.
package fingerprint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A Key is what identifies a finding. It contains neither positions nor the
// message.
type Key struct {
	Analyzer  string
	Category  string
	Func      string // enclosing declaration
	Statement string // what the finding is in; see [File.Anchor]
	Subject   string // the finding's own range, which is part of the statement
}

// ID returns 16 hexadecimal digits that identify the finding wherever its code
// is moved. Copies of the code share them.
func (k Key) ID() string { return hash(8, k.parts()...) }

func (k Key) parts() []string {
	return []string{k.Analyzer, k.Category, k.Func, k.Statement, k.Subject}
}

func hash(size int, parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:size])
}

// A Counter tells apart findings with equal keys in one package, in the order in
// which they are given to it. The zero value is ready for use.
type Counter struct{ seen map[string]int }

// Fingerprint returns the fingerprint of the next finding with the key k in the
// package with the import path pkg: 32 hexadecimal digits, a colon, and the
// ordinal among equals, from 1.
func (c *Counter) Fingerprint(pkg string, k Key) string {
	if c.seen == nil {
		c.seen = make(map[string]int)
	}
	sum := hash(16, append([]string{pkg}, k.parts()...)...)
	c.seen[sum]++
	return fmt.Sprintf("%s:%d", sum, c.seen[sum])
}
