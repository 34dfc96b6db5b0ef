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

// An analyzer that is another linter's check, and has its name, is silenced by all
// comments for that check, wherever they are and however much they cover.

// parseForeign parses a comment that does not say that it is for ctxlint, including its
// slashes: //lint:ignore CHECK why, //lint:file-ignore CHECK why, and
// #nosec [CHECK...] [-- why]. It returns nil for any other comment. The checks may be
// ours nevertheless, as findings name them.
func parseForeign(text string) *Directive {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	if rest, ok := strings.CutPrefix(text, "//lint:"); ok {
		verb, rest := cutBlank(rest)
		names, reason := cutBlank(rest)
		if names == "" || verb != "ignore" && verb != "file-ignore" {
			return nil
		}
		d := &Directive{Text: text, Reason: reason, foreign: true, file: verb == "file-ignore", checks: strings.Split(names, ",")}
		if reason == "" { // it silences nothing in staticcheck, either
			d.Problem = needsReason
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
		if d.namesExactly(code) || !several && d.namesExactly(linter) || d.lists(code) {
			return true, false
		}
		if several && d.namesExactly(linter) {
			names, vaguely = true, true
		}
	}
	return names, vaguely
}

// lists reports whether the directive names a check of another linter, or a pattern for
// it.
func (d *Directive) lists(check string) bool {
	return slices.ContainsFunc(d.checks, func(pattern string) bool {
		matched, err := path.Match(pattern, check)
		return err == nil && matched
	})
}

// namesCheck reports whether one of the given checks of other linters is the analyzer
// itself, and the directive is for it, or for all of that linter.
func (d *Directive) namesCheck(analyzer string, also []string) bool {
	return slices.ContainsFunc(also, func(check string) bool {
		linter, code, _ := strings.Cut(check, "/")
		return code == analyzer && (d.namesExactly(linter) || d.lists(code))
	})
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
