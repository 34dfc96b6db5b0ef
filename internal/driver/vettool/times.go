package vettool

import (
	"encoding/json"
	"os"
	"sync"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// A stopwatch notes where the time of a unit goes, if somebody asks with
// [record.TimesVariable]. Its methods may be called concurrently.
type stopwatch struct {
	file    string
	started time.Time

	mu    sync.Mutex
	times record.Times
}

// startWatch returns a stopwatch for the unit, nil if nobody asks.
func startWatch(cfg *config) *stopwatch {
	file := os.Getenv(record.TimesVariable)
	if file == "" {
		return nil
	}
	return &stopwatch{file: file, started: time.Now(), times: record.Times{ImportPath: cfg.ImportPath, Analyzers: make(map[string]time.Duration)}}
}

// load notes that parsing and type checking are done.
func (w *stopwatch) load() {
	if w != nil {
		w.times.Load = time.Since(w.started)
	}
}

// analyzer notes that an analyzer, begun at some time, has ended.
func (w *stopwatch) analyzer(name string, begun time.Time) {
	if w != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.times.Analyzers[name] += time.Since(begun)
	}
}

// write appends the times to the file. That it fails is no reason to fail.
func (w *stopwatch) write() {
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
