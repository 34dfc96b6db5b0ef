package suppress

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// ParseComment parses the text of one comment, including its leading slashes.
// It returns nil if the comment is no suppression. A //lint: directive without
// a reason is returned with its Problem set: it silences nothing.
func ParseComment(text string) *Directive {
	text, _, _ = strings.Cut(text, "\n")
	text = strings.TrimRight(text, "\r")
	switch {
	case strings.HasPrefix(text, "//nolint"), strings.HasPrefix(text, "// nolint"):
		return parseNolint(text)
	case strings.HasPrefix(text, "//lint:ignore"), strings.HasPrefix(text, "//lint:file-ignore"):
		return parseLint(text)
	}
	return nil
}

// parseNolint parses golangci-lint's form: //nolint[:a,b][ // reason].
// As there, a space after the slashes is tolerated.
func parseNolint(text string) *Directive {
	d := &Directive{Text: text}
	rest := strings.TrimPrefix(strings.TrimPrefix(text, "//"), " ")
	rest = strings.TrimPrefix(rest, "nolint")
	rest, d.Reason, _ = strings.Cut(rest, "//")
	d.Reason = strings.TrimSpace(d.Reason)
	list, named := strings.CutPrefix(rest, ":")
	if !named {
		if strings.TrimSpace(rest) != "" && rest[0] != ' ' && rest[0] != '\t' {
			return nil // //nolintlint and the like
		}
		return d
	}
	for name := range strings.SplitSeq(list, ",") {
		// The list ends at the first blank after a name: "a, b why" names a and b.
		name = strings.TrimSpace(name)
		name, _, more := strings.Cut(name, " ")
		if name = strings.ToLower(name); name != "" {
			d.Names = append(d.Names, name)
		}
		if more {
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

// parseLint parses staticcheck's form: //lint:ignore a,b reason. Only names
// below "ctxlint/" are ours; "ctxlint/*" means all of them.
func parseLint(text string) *Directive {
	verb, rest, _ := strings.Cut(strings.TrimPrefix(text, "//lint:"), " ")
	if verb != "ignore" && verb != "file-ignore" {
		return nil
	}
	names, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	d := &Directive{Text: text, Reason: strings.TrimSpace(reason), file: verb == "file-ignore"}
	for name := range strings.SplitSeq(names, ",") {
		switch name, ours := strings.CutPrefix(name, "ctxlint/"); {
		case ours && name == "*":
			d.Names = append(d.Names, "ctxlint")
		case ours && name != "":
			d.Names = append(d.Names, name)
		}
	}
	if d.Names == nil {
		return nil
	}
	if d.Reason == "" {
		d.Problem = "a //lint: directive needs a reason; without one it silences nothing"
	}
	return d
}

// fileDirectives returns the directives of a file with the ranges they cover.
func fileDirectives(fset *token.FileSet, f *ast.File) []*Directive {
	var out []*Directive
	byLine := make(map[int][]*Directive) // line on which the covered code starts
	tf := fset.File(f.FileStart)
	for _, group := range f.Comments {
		for _, c := range group.List {
			d := ParseComment(c.Text)
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
			line := tf.Line(c.Pos())
			d.coverLine(tf, line)
			byLine[line] = append(byLine[line], d)
			if standsAlone(fset, f, group) {
				below := tf.Line(group.End()) + 1
				d.coverLine(tf, below)
				byLine[below] = append(byLine[below], d)
			}
		}
	}
	if len(byLine) == 0 {
		return out
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case ast.Stmt, ast.Decl, ast.Spec, *ast.Field, *ast.KeyValueExpr, *ast.CallExpr, *ast.CompositeLit, *ast.FuncLit:
			for _, d := range byLine[tf.Line(n.Pos())] {
				d.ranges = append(d.ranges, span{n.Pos(), n.End()})
			}
		}
		return true
	})
	return out
}

// standsAlone reports whether no code precedes the comment group on its line.
func standsAlone(fset *token.FileSet, f *ast.File, group *ast.CommentGroup) bool {
	tf := fset.File(f.FileStart)
	start := tf.LineStart(tf.Line(group.Pos()))
	alone := true
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || !alone {
			return false
		}
		switch n.(type) {
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		if n.End() <= start || n.Pos() >= group.Pos() {
			return n == f
		}
		// Tokens of n itself stand at its two ends; those between are its children's.
		if n != f && (start <= n.Pos() || n.End() <= group.Pos()) {
			alone = false
		}
		return alone
	})
	return alone
}

func (d *Directive) coverLine(tf *token.File, line int) {
	if line > tf.LineCount() {
		return
	}
	to := token.Pos(tf.Base() + tf.Size() + 1)
	if line < tf.LineCount() {
		to = tf.LineStart(line + 1)
	}
	d.ranges = append(d.ranges, span{tf.LineStart(line), to})
}
