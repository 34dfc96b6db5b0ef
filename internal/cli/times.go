package cli

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// times says, for -v, where the time of a run goes: a user for whom it is slow shall know
// whether it is the compiler.
type times struct {
	name string // of the file to which the vet tool appends; "" if nobody asks

	mu   sync.Mutex
	list time.Duration // for go list
	vet  time.Duration // for go vet
	cpu  time.Duration // processor time of go vet and its children, 0 if the system does not tell
}

// startTimes prepares to take the times of a run, if -v is given. The caller removes them.
func (s *session) startTimes() *times {
	t := new(times)
	if !s.verbose {
		return t
	}
	f, err := os.CreateTemp("", "ctxlint-times-")
	if err != nil {
		return t // it is only for -v
	}
	f.Close()
	t.name = f.Name()
	s.goCommand.Setenv(unit.TimesVariable + "=" + t.name)
	s.goCommand.Spent = t.spent
	return t
}

func (t *times) remove() {
	if t.name != "" {
		os.Remove(t.name)
	}
}

// spent adds what a go command took.
func (t *times) spent(argv []string, took, cpu time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch argv[1] {
	case "list":
		t.list += took
	case "vet":
		t.vet += took
		t.cpu += cpu
	}
}

// report returns what -v says, in lines.
func (t *times) report() []string {
	f, err := os.Open(t.name)
	if err != nil {
		return nil
	}
	defer f.Close()
	units := unit.ReadTimes(f)
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := []string{fmt.Sprintf("time: go list %s, go vet %s", inUnits(t.list), inUnits(t.vet))}
	var analysis, load time.Duration
	analyzers, packages := make(map[string]time.Duration), make(map[string]time.Duration)
	for _, u := range units {
		analysis += u.Whole
		load += u.Load
		packages[u.ImportPath] += u.Whole
		for name, d := range u.Analyzers {
			analyzers[name] += d
		}
	}
	if t.cpu > analysis {
		lines = append(lines, fmt.Sprintf("processor time: compiler and go command %s, ctxlint %s in %s", inUnits(t.cpu-analysis), inUnits(analysis),
			plural(len(units), "execution, the rest from the cache", "executions, the rest from the cache")))
	}
	if len(units) > 0 {
		lines = append(lines, fmt.Sprintf("analysis: parsing and type checking %s; %s", inUnits(load), longest(analyzers, len(analyzers))))
		lines = append(lines, "slowest packages: "+longest(packages, slowest))
	}
	return lines
}

// slowest is how many packages are named.
const slowest = 3

// longest lists the n longest times that are not nothing.
func longest(of map[string]time.Duration, n int) string {
	names := slices.SortedFunc(maps.Keys(of), func(a, b string) int {
		return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, name := range names[:min(n, len(names))] {
		if d := of[name]; d >= shortest {
			parts = append(parts, name+" "+inUnits(d))
		}
	}
	return strings.Join(parts, ", ")
}

// shortest is the shortest time that is named.
const shortest = time.Millisecond / 10

func inUnits(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1fms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.2fs", d.Seconds())
}
