package config

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// disableOption is the option, common to all analyzers, that lists categories
// which are not to be reported.
const disableOption = "disable"

func indexOf(suite []analyzers.Entry, name string) int {
	return slices.IndexFunc(suite, func(e analyzers.Entry) bool { return e.Name == name })
}

func hasCategory(e analyzers.Entry, category string) bool {
	return category == diag.Internal || e.Documentation.HasCategory(category)
}

func names(suite []analyzers.Entry) string {
	var list []string
	for _, e := range suite {
		list = append(list, e.Name)
	}
	return strings.Join(list, ", ")
}

func categoryList(e analyzers.Entry) string {
	var list []string
	for _, c := range e.Documentation.Categories() {
		list = append(list, c.Name)
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

// CheckOption reports why value cannot be the value of an analyzer's option.
func CheckOption(e analyzers.Entry, option, value string) error {
	f := e.Flags.Lookup(option)
	if f == nil {
		return fmt.Errorf("%s has no option %q; it has %s", e.Name, option, optionList(e))
	}
	if option == disableOption && value != "" {
		for category := range strings.SplitSeq(value, ",") {
			if category = strings.TrimSpace(category); !hasCategory(e, category) {
				return fmt.Errorf("%s has no category %q; it has %s", e.Name, category, categoryList(e))
			}
		}
	}
	// Only a flag itself knows what it takes. Its variable does not matter
	// here: the analysis runs in other processes.
	before := f.Value.String()
	defer f.Value.Set(before)
	if err := f.Value.Set(value); err != nil {
		if errors.Unwrap(err) != nil {
			err = errors.Unwrap(err)
		}
		return fmt.Errorf("invalid value %q: %w", value, err)
	}
	return nil
}
