package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// analysing are the words with which other linters begin an analysis:
// they are what people try who come from there.
var analysing = []string{"run", "lint", "check", "vet", "analyze", "analyse", "scan"}

// checkWord returns an error if the first argument is a single word that names neither a
// command nor a package, so that it is not analysed as a pattern, beside others that are
// right.
func (s *session) checkWord(ctx context.Context, v *verb, patterns []string) error {
	if len(patterns) == 0 || !isWord(patterns[0]) {
		return nil
	}
	word := patterns[0]
	packages, err := s.goCommand.List(ctx, s.buildFlags, []string{word})
	if err != nil || slices.ContainsFunc(packages, func(p gocmd.Package) bool { return p.Error == nil || !strings.Contains(p.Error.Err, "is not in std") }) {
		return nil // the analysis says what is wrong, if anything is
	}
	return usageError{s.unknownWord(word), v}
}

// isWord reports whether an argument looks like the name of a command.
func isWord(arg string) bool {
	reserved := []string{"all", "std", "cmd", "work", "tool"}
	return arg != "" && !slices.Contains(reserved, arg) && strings.Trim(arg, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}

// unknownWord says that there is no such command, and what may have been meant.
func (s *session) unknownWord(word string) error {
	err := fmt.Errorf("%q is neither a command nor a package", word)
	if info, statErr := os.Stat(s.abs(s.dir, word)); statErr == nil && info.IsDir() {
		return fmt.Errorf("%w; did you mean ./%s?", err, word)
	}
	if question := spelling.Question(word, s.verbNames()); question != "" {
		return fmt.Errorf("%w; %s", err, question)
	}
	if spelling.Question(word, analysing) != "" {
		return fmt.Errorf("%w; an analysis needs no command: %s [flags] ./...", err, program)
	}
	return err
}
