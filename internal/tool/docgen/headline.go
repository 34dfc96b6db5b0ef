package docgen

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// Headline extracts the numbers that the README shows from the text of
// docs/benchmarks.md: those of the first table, a cold run, over
// golangci-lint's own module.
func Headline(benchmarks string) (string, error) {
	section, err := Section(benchmarks, "golangci-lint")
	if err != nil {
		return "", err
	}
	numbers := []any{nil, nil, nil, nil}
	for i, pattern := range []string{
		`(?m)^\| go vet \|.* (\S+)× \|$`,
		`(?m)^\| staticcheck .* (\S+)× \|$`,
		`(?m)^\| golangci-lint .* (\S+)× \|$`,
		`(?m)^\| ctxlint \|.* (\d+ MB) \|  \|$`,
	} {
		m := regexp.MustCompile(pattern).FindStringSubmatch(section)
		if m == nil {
			return "", fmt.Errorf("docs/benchmarks.md: no row matches %s", pattern)
		}
		numbers[i] = m[1]
	}
	return fmt.Sprintf("Over golangci-lint's own module, compiled but never analysed before, ctxlint takes\n"+
		"%s times as long as `go vet`, %s times as long as staticcheck, and %s times as\n"+
		"long as golangci-lint with the five linters that look for neighbouring mistakes.\n"+
		"Its largest process needs %s.\n", numbers...), nil
}

// withNumbers returns the text of the README in root with the current headline
// of the benchmarks and the current precision of first looks.
func withNumbers(root, readme string, verdicts []Verdict) (string, error) {
	benchmarks, err := os.ReadFile(filepath.Join(root, "docs", "benchmarks.md"))
	if err != nil {
		return "", err
	}
	headline, err := Headline(string(benchmarks))
	if err != nil {
		return "", err
	}
	if readme, err = Replace(readme, "precision", precision(verdicts)); err != nil {
		return "", err
	}
	return Replace(readme, "headline", headline)
}
