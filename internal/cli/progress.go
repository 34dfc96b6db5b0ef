package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// progress shows, on a terminal, how far the analysis is, and the first
// findings as soon as they are known. All of it is erased before the report is
// printed. A nil progress, on anything but a terminal, shows nothing.
type progress struct {
	w       *os.File
	start   time.Time
	preview func([]record.Unit, []gocmd.Package) []string
	stop    chan struct{}
	ended   chan struct{}

	mu       sync.Mutex
	packages []gocmd.Package
	wanted   map[string]bool // packages that were asked for, nil while that is not known
	done     map[string]bool
	current  string
	units    []record.Unit // that have not been searched for findings

	found []string // used only by run
}

// patience is how long a run takes before it shows progress; pace is how often
// it updates it.
const (
	patience = 300 * time.Millisecond
	pace     = 100 * time.Millisecond
)

// maxPreview is how many findings are shown while the analysis runs.
const maxPreview = 5

// newProgress starts to show progress on w if that is a terminal, and wanted.
// preview returns a line for each finding in some units; it is called by only
// one goroutine.
func newProgress(w *os.File, wanted bool, preview func([]record.Unit, []gocmd.Package) []string) *progress {
	if !wanted || !capableTerminal(w) {
		return nil
	}
	p := &progress{w: w, start: time.Now(), preview: preview, done: make(map[string]bool), stop: make(chan struct{}), ended: make(chan struct{})}
	go p.run()
	return p
}

// want tells which packages there are to analyse.
func (p *progress) want(packages []gocmd.Package) {
	if p != nil {
		wanted := make(map[string]bool)
		for _, pkg := range packages {
			wanted[pkg.ImportPath] = true
		}
		p.mu.Lock()
		p.wanted, p.packages = wanted, packages
		p.mu.Unlock()
	}
}

// unit tells that a unit is done.
func (p *progress) unit(u record.Unit) {
	if p != nil {
		path := report.Owner(u)
		p.mu.Lock()
		p.done[path] = true
		p.current = path
		p.units = append(p.units, u)
		p.mu.Unlock()
	}
}

func (p *progress) run() {
	defer close(p.ended)
	wait := time.NewTimer(patience)
	defer wait.Stop()
	shown := ""
	for {
		select {
		case <-p.stop:
			fmt.Fprint(p.w, erase(shown))
			return
		case <-wait.C:
			p.look()
			if text := p.text(); text != shown {
				fmt.Fprint(p.w, erase(shown)+text)
				shown = text
			}
			wait.Reset(pace)
		}
	}
}

// erase returns what erases text that ends at the cursor.
func erase(text string) string {
	if text == "" {
		return ""
	}
	up := ""
	if n := strings.Count(text, "\n"); n > 0 {
		up = fmt.Sprintf("\x1b[%dA", n)
	}
	return "\r" + up + "\x1b[J"
}

// look looks for findings in the units that are done, once it is known which
// packages were asked for.
func (p *progress) look() {
	p.mu.Lock()
	units, packages := p.units, p.packages
	if p.wanted == nil {
		units = nil
	} else {
		p.units = nil
	}
	p.mu.Unlock()
	if len(units) == 0 {
		return
	}
	for _, line := range p.preview(units, packages) {
		if !slices.Contains(p.found, line) { // two variants of a package have the same findings
			p.found = append(p.found, line)
		}
	}
}

// text returns what to show now: the first findings, and a line that says how
// far the analysis is.
func (p *progress) text() string {
	lines := p.found[:min(len(p.found), maxPreview)]
	if more := len(p.found) - len(lines); more > 0 {
		lines = append(lines[:len(lines):len(lines)], fmt.Sprintf("... and %s", plural(more, "more finding", "more findings")))
	}
	lines = append(lines[:len(lines):len(lines)], p.line())
	// If a line wrapped, it could not be erased.
	if width, _, err := term.GetSize(int(p.w.Fd())); err == nil && width > 1 {
		for i, line := range lines {
			lines[i] = visible.Cut(line, width-1)
		}
	}
	return strings.Join(lines, "\n")
}

func (p *progress) line() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	line := "analysing"
	if p.wanted != nil {
		done := 0
		for path := range p.done {
			if p.wanted[path] {
				done++
			}
		}
		line += fmt.Sprintf(" %d/%d", done, len(p.wanted))
	}
	line += fmt.Sprintf(" packages, %.0fs", time.Since(p.start).Seconds())
	if p.current != "" {
		line += "  " + visible.Text(p.current)
	}
	return line
}

// end erases everything. Nothing is shown afterwards.
func (p *progress) end() {
	if p != nil {
		close(p.stop)
		<-p.ended
	}
}
