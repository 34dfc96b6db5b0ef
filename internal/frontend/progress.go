package frontend

import (
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/ctxlint/ctxlint/internal/format"
	"github.com/ctxlint/ctxlint/internal/gocmd"
)

// progress is a line on a terminal that tells how far the analysis is. A nil
// progress, on anything but a terminal, shows nothing.
type progress struct {
	w     *os.File
	start time.Time
	stop  chan struct{}
	ended chan struct{}

	mu      sync.Mutex
	wanted  map[string]bool // packages that were asked for, nil while that is not known
	done    map[string]bool
	current string
}

// patience is how long a run may take before it shows progress, and pace how
// often it does then.
const (
	patience = 300 * time.Millisecond
	pace     = 100 * time.Millisecond
)

func newProgress(w *os.File, wanted bool) *progress {
	if !wanted || !capableTerminal(w) {
		return nil
	}
	p := &progress{w: w, start: time.Now(), done: make(map[string]bool), stop: make(chan struct{}), ended: make(chan struct{})}
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
		p.wanted = wanted
		p.mu.Unlock()
	}
}

// unit tells that a unit of a package is done.
func (p *progress) unit(path string) {
	if p != nil {
		p.mu.Lock()
		p.done[path] = true
		p.current = path
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
			if shown != "" {
				fmt.Fprint(p.w, "\r\x1b[K")
			}
			return
		case <-wait.C:
			if line := p.line(); line != shown {
				shown = line
				fmt.Fprint(p.w, "\r"+line+"\x1b[K")
			}
			wait.Reset(pace)
		}
	}
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
		line += "  " + format.Visible(p.current)
	}
	// A line that wraps could not be erased.
	if width, _, err := term.GetSize(int(p.w.Fd())); err == nil && width > 1 {
		line = format.Cut(line, width-1)
	}
	return line
}

// end erases the line; nothing is shown afterwards.
func (p *progress) end() {
	if p != nil {
		close(p.stop)
		<-p.ended
	}
}
