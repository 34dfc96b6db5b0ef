package config

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

func indexOf(suite []analyzers.Entry, name string) int {
	return slices.IndexFunc(suite, func(e analyzers.Entry) bool { return e.Name == name })
}

func names(suite []analyzers.Entry) string {
	list := analyzers.Names(analyzers.Members(suite, ""))
	for _, group := range analyzers.Groups(suite) {
		members := analyzers.Names(analyzers.Members(suite, group))
		list = append(list, group+" ("+strings.Join(members, ", ")+")")
	}
	return strings.Join(list, ", ")
}

func optionList(e analyzers.Entry) string {
	var list []string
	e.Flags.VisitAll(func(f *flag.Flag) { list = append(list, f.Name) })
	if list == nil {
		return "none"
	}
	return strings.Join(list, ", ")
}

// noOption says that an analyzer has no such option, and what to write instead if it
// is the name of a category.
func noOption(e analyzers.Entry, option string) error {
	if hint := CategoryOption(e, option); hint != "" {
		return fmt.Errorf("%s has no option %q; %s", e.Name, option, hint)
	}
	return fmt.Errorf("%s has no option %q; it has %s", e.Name, option, optionList(e))
}

// CategoryOption says how to get findings of a category, or get rid of them, to
// somebody who looks for an option with its name, or the plural of it. For any other
// name it returns "".
func CategoryOption(e analyzers.Entry, option string) string {
	row, ok := e.Categories.Row(option)
	if !ok {
		row, ok = e.Categories.Row(strings.TrimSuffix(option, "s"))
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s is a category: -%s %s, or -%s.%[2]s %[3]s, asks for all of it, and -%[4]s.%s %[1]s leaves it out",
		row.Name, catalog.ConfidenceFlag, row.Least(), e.Name, catalog.Disable)
}

// CheckOption reports why value cannot be the value of an analyzer's option,
// which only the analyzer itself can tell.
func CheckOption(e analyzers.Entry, option, value string) error {
	f := e.New().Flags.Lookup(option)
	if f == nil {
		return noOption(e, option)
	}
	err := f.Value.Set(value)
	if unknown, ok := errors.AsType[*catalog.UnknownError](err); ok {
		return unknown
	}
	if err != nil {
		if errors.Unwrap(err) != nil {
			err = errors.Unwrap(err)
		}
		return fmt.Errorf("invalid value %q: %w", value, err)
	}
	return nil
}
