package suppress

import (
	"go/token"
	"path"
	"slices"
	"strings"
)

// A comment for a check of another linter that complains about the same says as
// much as one for ours: the code is meant to be so. It counts for the statement
// beside it only, and is the business of the other linter: it needs no reason, and is
// never listed as unused.

// Checks of other linters are written as "linter/check", or "linter" for one that
// has a single check. So are those that a category lists.

// gosec is the linter with comments of its own.
const gosec = "gosec"

// parseForeign parses a comment that only speaks to other linters, including its
// slashes: //lint:ignore CHECK why, and #nosec [CHECK...] [-- why]. It returns nil
// for any other comment, and for one about the whole file.
func parseForeign(text string) *Directive {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if rest, ok := strings.CutPrefix(text, "//lint:ignore"); ok {
		names, reason := cutBlank(strings.TrimSpace(rest))
		if reason == "" {
			return nil // silences nothing there, either
		}
		d := &Directive{Text: text, Reason: reason, foreign: true}
		for name := range strings.SplitSeq(names, ",") {
			if !strings.HasPrefix(name, "ctxlint/") {
				d.checks = append(d.checks, name)
			}
		}
		return d
	}
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "/* \t"), "#nosec")
	if !ok {
		return nil
	}
	checks, reason, _ := strings.Cut(strings.TrimSuffix(rest, "*/"), "--")
	d := &Directive{Text: text, Reason: strings.TrimSpace(reason), foreign: true, checks: strings.Fields(checks)}
	if len(d.checks) == 0 {
		d.Names = []string{gosec}
	}
	return d
}

// speaksOf reports whether the directive names one of the given checks, and whether
// it does so by the name of a linter with many checks, so that only the statement
// can tell which of them it is about.
func (d *Directive) speaksOf(also []string) (names, vaguely bool) {
	for _, check := range also {
		linter, code, several := strings.Cut(check, "/")
		if d.namesExactly(strings.ToLower(code)) || !several && d.namesExactly(linter) || slices.ContainsFunc(d.checks, func(pattern string) bool {
			matched, err := path.Match(pattern, code)
			return err == nil && matched
		}) {
			return true, false
		}
		if several && d.namesExactly(linter) {
			names, vaguely = true, true
		}
	}
	return names, vaguely
}

// excuses reports whether the directive is for one of the checks of other linters,
// and covers pos. One for a whole file never does, and neither does the name of a
// linter with many checks that is beside a function: it is about something in there.
func (d *Directive) excuses(also []string, pos token.Pos) bool {
	names, vaguely := d.speaksOf(also)
	return names && !d.file && slices.ContainsFunc(d.ranges, func(r span) bool {
		return r.from <= pos && pos < r.to && !(vaguely && r.function)
	})
}
