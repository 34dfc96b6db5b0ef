package suppress

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// ParseComment parses the text of one comment, including its leading slashes.
// It returns nil if the comment is not a suppression. A //lint: or //ctxlint:
// directive without a reason is returned with its Problem set: it silences
// nothing.
func ParseComment(text string) *Directive {
	text, _, _ = strings.Cut(text, "\n")
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "//") {
		return nil
	}
	if rest, ok := strings.CutPrefix(strings.TrimLeft(text, "/ "), "nolint"); ok {
		return parseNolint(text, rest)
	}
	if rest, ok := strings.CutPrefix(text, "//lint:"); ok {
		return parseLint(text, rest)
	}
	if rest, ok := strings.CutPrefix(text, "//ctxlint:"); ok {
		return parseOwn(text, rest)
	}
	return nil
}

// parseNolint parses golangci-lint's form, //nolint[:a,b][ // reason], whose
// part after "nolint" is rest. Spaces around the slashes and the names are
// tolerated, as golangci-lint does.
func parseNolint(text, rest string) *Directive {
	d := &Directive{Text: text}
	rest, d.Reason, _ = strings.Cut(rest, "//")
	d.Reason = strings.TrimSpace(d.Reason)
	list, named := strings.CutPrefix(rest, ":")
	if !named {
		if rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			return nil // //nolintlint and the like
		}
		return d
	}
	for item := range strings.SplitSeq(list, ",") {
		// The list ends at the first space after a name: "a, b why" names a and
		// b.
		words := strings.Fields(strings.ToLower(item))
		if len(words) > 0 {
			d.name(words[0])
		}
		if len(words) > 1 {
			break
		}
	}
	if d.Names == nil {
		return nil
	}
	if slices.Contains(d.Names, "all") {
		d.Names = nil
	}
	return d
}

// name adds a name of a check to what the directive silences, without the suite's name
// in front and without "/*" at the end, which says no more than the name before it.
func (d *Directive) name(raw string) {
	name := raw
	for below := true; below; {
		name, below = cutSuite(name)
	}
	for all := true; all && name != "/*"; {
		name, all = strings.CutSuffix(name, "/*")
	}
	d.Names = append(d.Names, name)
	if strings.HasPrefix(raw, suite) {
		d.own = append(d.own, raw)
	}
}

// cutSuite returns name without "ctxlint/" in front. What would be empty stays as it is,
// and "ctxlint/*" is all that ctxlint has.
func cutSuite(name string) (below string, ok bool) {
	below, ok = strings.CutPrefix(name, suite+"/")
	switch {
	case !ok, below == "":
		return name, false
	case below == "*":
		return suite, false
	}
	return below, true
}

// parseLint parses staticcheck's form, //lint:ignore a,b reason, whose part
// after "//lint:" is rest. Names below "ctxlint/" are ours; "ctxlint/*" means all of
// them. Others may be of other linters: see [parseForeign] for a directive with no
// other names.
func parseLint(text, rest string) *Directive {
	verb, rest := cutBlank(rest)
	if verb != "ignore" && verb != "file-ignore" {
		return nil
	}
	names, reason := cutBlank(rest)
	d := &Directive{Text: text, Reason: reason, file: verb == "file-ignore"}
	for name := range strings.SplitSeq(names, ",") {
		if name == suite || strings.HasPrefix(name, suite+"/") {
			d.name(name)
		} else {
			d.checks = append(d.checks, name)
		}
	}
	if d.Names == nil {
		return nil
	}
	if d.Reason == "" {
		d.Problem = needsReason
	}
	return d
}

const needsReason = "a //lint: directive needs a reason; without one it silences nothing"

// detaches names the analyzers that report work that is cut off from its
// caller. Nothing else is silenced by saying that this is on purpose: that a
// context is not passed on excuses neither a goroutine that never ends nor a
// cancel function that is never called.
var detaches = []string{"ctxreset", "missingctx"}

// parseOwn parses //ctxlint:detached reason, whose part after "//ctxlint:" is
// rest. Any other word there is reported as a mistake.
func parseOwn(text, rest string) *Directive {
	verb, reason := cutBlank(rest)
	reason = strings.TrimSpace(strings.TrimLeft(reason, "/"))
	if verb != "detached" {
		return &Directive{Text: text, Names: []string{suite}, Reason: reason, Problem: "ctxlint has no such directive; write //ctxlint:detached and a reason"}
	}
	d := &Directive{Text: text, Names: detaches, Reason: reason, detached: true}
	if reason == "" {
		d.Problem = "//ctxlint:detached needs a reason; without one it silences nothing"
	}
	return d
}

// cutBlank returns the first word of s and the rest.
func cutBlank(s string) (word, rest string) {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], strings.TrimSpace(s[i:])
	}
	return s, ""
}

// fileDirectives returns the directives of a file, with the ranges that they
// cover.
func fileDirectives(fset *token.FileSet, f *ast.File) []*Directive {
	var out []*Directive
	tf := fset.File(f.FileStart)
	byLine := make(map[int][]*Directive) // line on which the covered code starts
	firstCode := sync.OnceValue(func() map[int]token.Pos { return firstCode(tf, f) })
	for _, group := range f.Comments {
		for _, c := range group.List {
			d := ParseComment(c.Text)
			if d == nil {
				d = parseForeign(c.Text)
			}
			if d == nil {
				continue
			}
			d.Pos, d.End = c.Pos(), c.End()
			out = append(out, d)
			if d.file {
				continue
			}
			// The comment's own line is always covered: it is the line of
			// the code before it, if there is any.
			own := line(tf, group.Pos())
			lines := []int{line(tf, c.Pos())}
			if code, ok := firstCode()[own]; !ok || code > group.Pos() {
				below := line(tf, group.End()) + 1
				if below == line(tf, f.Package) {
					d.file = true // above the package clause: the file
					if d.detached {
						d.Problem = "//ctxlint:detached is about one place; above the package clause it silences nothing"
					}
					continue
				}
				lines = append(lines, below)
			}
			for _, l := range lines {
				d.coverLine(tf, l)
				byLine[l] = append(byLine[l], d)
			}
		}
	}
	if len(byLine) == 0 {
		return out
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec, *ast.Field, *ast.KeyValueExpr, *ast.CallExpr, *ast.CompositeLit, *ast.FuncLit:
			for _, d := range byLine[line(tf, n.Pos())] {
				d.ranges = append(d.ranges, span{n.Pos(), n.End(), isFunction(n)})
			}
		}
		return true
	})
	return out
}

// isFunction reports whether n is a declared function or its body. Other blocks are
// part of a statement that starts where they do, or before.
func isFunction(n ast.Node) bool {
	switch n.(type) {
	case *ast.FuncDecl, *ast.BlockStmt:
		return true
	}
	return false
}

// firstCode returns, for each line on which a node starts or ends, the first
// such position. That covers all lines with code: any other token shares a line
// with the start or end of some node.
func firstCode(tf *token.File, f *ast.File) map[int]token.Pos {
	first := make(map[int]token.Pos)
	note := func(pos token.Pos) {
		if l := line(tf, pos); first[l] == token.NoPos || pos < first[l] {
			first[l] = pos
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		note(n.Pos())
		note(n.End())
		return true
	})
	return first
}

// line returns the line of the file in which pos is, whatever //line directives
// say: cmd/cgo writes them, and several lines may claim one number.
func line(tf *token.File, pos token.Pos) int { return tf.PositionFor(pos, false).Line }

func (d *Directive) coverLine(tf *token.File, line int) {
	if line > tf.LineCount() {
		return
	}
	to := token.Pos(tf.Base() + tf.Size() + 1)
	if line < tf.LineCount() {
		to = tf.LineStart(line + 1)
	}
	d.ranges = append(d.ranges, span{from: tf.LineStart(line), to: to})
}
