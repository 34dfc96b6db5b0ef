package unit

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"sync"
	"time"
)

// TimesVariable is the environment variable that names the file to which each execution of
// the vet tool appends its [Times], in one line. It is not among the inputs that cmd/go
// knows: what is replayed from the build cache took no time, and appends nothing.
const TimesVariable = "CTXLINT_TIMES"

// Times says where one execution of the vet tool spent its time.
type Times struct {
	ImportPath string                   `json:"importPath"`
	Whole      time.Duration            `json:"whole"`     // processor time, or where the system does not tell that, time
	Load       time.Duration            `json:"load"`      // time for parsing and type checking
	Analyzers  map[string]time.Duration `json:"analyzers"` // time for each, what it requires aside
}

// ReadTimes reads all lines of such a file. It leaves out what is not one.
func ReadTimes(r io.Reader) []Times {
	var all []Times
	for lines := bufio.NewScanner(r); lines.Scan(); {
		var t Times
		if json.Unmarshal(lines.Bytes(), &t) == nil && t.ImportPath != "" {
			all = append(all, t)
		}
	}
	return all
}

// A Stopwatch notes where the time of a unit goes, if somebody asks with
// [TimesVariable]. Its methods may be called concurrently.
type Stopwatch struct {
	file    string
	started time.Time

	mu    sync.Mutex
	times Times
}

// StartWatch returns a Stopwatch for the unit, nil if nobody asks.
func StartWatch(cfg *Config) *Stopwatch {
	file := os.Getenv(TimesVariable)
	if file == "" {
		return nil
	}
	return &Stopwatch{file: file, started: time.Now(), times: Times{ImportPath: cfg.ImportPath, Analyzers: make(map[string]time.Duration)}}
}

// Load notes that parsing and type checking are done.
func (w *Stopwatch) Load() {
	if w != nil {
		w.times.Load = time.Since(w.started)
	}
}

// Analyzer notes that an analyzer, begun at some time, has ended.
func (w *Stopwatch) Analyzer(name string, begun time.Time) {
	if w != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.times.Analyzers[name] += time.Since(begun)
	}
}

// Write appends the times to the file. That it fails is no reason to fail.
func (w *Stopwatch) Write() {
	if w == nil {
		return
	}
	if w.times.Whole = processorTime(); w.times.Whole == 0 {
		w.times.Whole = time.Since(w.started)
	}
	line, err := json.Marshal(&w.times)
	if err != nil {
		return
	}
	f, err := os.OpenFile(w.file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return
	}
	f.Write(append(line, '\n'))
	f.Close()
}
