package suppress

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// Checks are the names that a comment may give: the categories of each analyzer, or of
// each group of analyzers. Those of other linters that are analyzers here have none.
type Checks map[string][]string

// Misspelt returns, in source order, a directive with a Problem for each name of a
// directive that is no check, but was meant to be one: it begins with the name of ctxlint
// or of an analyzer with categories, or is one edit away from it. Whatever else the comment
// names is honoured.
func (x *Index) Misspelt(known Checks) []*Directive {
	x.once.Do(x.load)
	var out []*Directive
	for _, dir := range x.directives {
		for _, name := range slices.Concat(dir.Names, dir.checks) {
			if problem := known.problem(name, dir.says(name)); problem != "" {
				out = append(out, &Directive{Pos: dir.Pos, End: dir.End, Text: dir.Text, Reason: dir.Reason, Problem: problem})
			}
		}
	}
	return out
}

// says reports whether the comment itself says that a name is ctxlint's.
func (d *Directive) says(name string) bool {
	return slices.ContainsFunc(d.own, func(raw string) bool {
		return raw == name || strings.HasSuffix(strings.TrimSuffix(raw, "/*"), "/"+name)
	})
}

// problem says what is wrong with a name, "" if it names a check or is somebody else's.
func (c Checks) problem(name string, own bool) string {
	analyzer, category, narrow := strings.Cut(name, "/")
	categories, ok := c.categories(analyzer)
	switch {
	case strings.EqualFold(name, suite), ok && !narrow, ok && categories == nil:
		return ""
	case ok && slices.ContainsFunc(categories, func(known string) bool { return strings.EqualFold(known, category) }):
		return ""
	case !ok && !own && c.origin(name) == "":
		return ""
	}
	text := fmt.Sprintf("%q is no check of ctxlint and silences nothing", name)
	if meant := c.meant(name); len(meant) > 0 {
		return text + "; did you mean " + spelling.Or(meant) + "?"
	}
	if ok {
		return text + "; the categories of " + analyzer + " are " + strings.Join(categories, ", ")
	}
	return text + "; the analyzers are " + strings.Join(c.analyzers(), ", ")
}

// categories is c[analyzer], whatever the case of letters.
func (c Checks) categories(analyzer string) (categories []string, ok bool) {
	for name, categories := range c { // no two names differ in case only
		if strings.EqualFold(name, analyzer) {
			return categories, true
		}
	}
	return nil, false
}

// analyzers returns the names of the analyzers with categories, sorted.
func (c Checks) analyzers() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(c)), func(name string) bool { return c[name] == nil })
}

// origin returns the name that a misspelt one resembles, "" for none.
func (c Checks) origin(name string) string {
	head, _, _ := strings.Cut(strings.ToLower(name), "/")
	names, longest := append(c.analyzers(), suite), ""
	for _, ours := range names {
		if strings.HasPrefix(head, ours) && len(ours) > len(longest) {
			longest = ours
		}
	}
	if longest != "" {
		return longest
	}
	for _, ours := range names {
		if spelling.Distance(head, ours) == 1 {
			return ours
		}
	}
	return ""
}

// meant returns the checks that a misspelt name may stand for: one that is spelt nearly
// so, or all categories that are called so.
func (c Checks) meant(name string) []string {
	analyzer, category, _ := strings.Cut(name, "/")
	if categories, ok := c.categories(analyzer); ok {
		if near := spelling.Nearest(category, categories); near != "" {
			return []string{analyzer + "/" + near}
		}
		return nil
	}
	var checks, called []string
	for _, analyzer := range c.analyzers() {
		checks = append(checks, analyzer)
		for _, category := range c[analyzer] {
			checks = append(checks, analyzer+"/"+category)
			if strings.EqualFold(category, name) {
				called = append(called, analyzer+"/"+category)
			}
		}
	}
	near := cmp.Or(spelling.Nearest(name, append(checks, suite)), c.origin(name))
	if called == nil && near != "" {
		return []string{near}
	}
	return called
}
