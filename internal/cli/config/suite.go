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
	var list []string
	for _, e := range suite {
		list = append(list, e.Name)
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

// CheckOption reports why value cannot be the value of an analyzer's option,
// which only the analyzer itself can tell.
func CheckOption(e analyzers.Entry, option, value string) error {
	f := e.New().Flags.Lookup(option)
	if f == nil {
		return fmt.Errorf("%s has no option %q; it has %s", e.Name, option, optionList(e))
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
