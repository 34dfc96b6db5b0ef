package gocmd

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/version"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// Vet runs "go vet" with the given arguments, which must name a vet tool that
// writes records, and calls emit for every record as it arrives, from one goroutine at a
// time. It returns what the go command wrote to its standard error.
//
// A go command before [replayVersion] prints the output of a tool among its own
// messages, and edits it. There, the tool leaves its records in a directory.
func (g *Go) Vet(ctx context.Context, args []string, emit func(record.Unit)) (stderr string, err error) {
	if version.IsValid(g.release) && version.Compare(g.release, replayVersion) < 0 {
		return g.vetByFiles(ctx, args, emit)
	}
	w := &recordWriter{emit: emit}
	stderr, err = g.run(ctx, w, append([]string{"vet"}, args...)...)
	if err == nil {
		err = w.finish()
	}
	return stderr, err
}

// recordWriter turns lines into records. After a line that is not a record it
// discards the rest, so that the go command does not die of a closed pipe.
type recordWriter struct {
	emit func(record.Unit)
	rest []byte // of a line whose end has not been written yet
	err  error
}

func (w *recordWriter) Write(p []byte) (int, error) {
	n := len(p)
	for w.err == nil {
		line, rest, complete := bytes.Cut(p, []byte("\n"))
		if !complete {
			w.rest = append(w.rest, p...)
			break
		}
		w.line(append(w.rest, line...))
		w.rest, p = w.rest[:0], rest
	}
	return n, nil
}

func (w *recordWriter) finish() error {
	if w.err == nil && len(w.rest) > 0 {
		w.line(w.rest)
	}
	return w.err
}

func (w *recordWriter) line(line []byte) {
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return
	}
	var unit record.Unit
	if err := json.Unmarshal(line, &unit); err != nil || unit.ID == "" {
		w.err = fmt.Errorf("go vet printed something that is not a record of ctxlint: %.200q", line)
		return
	}
	w.emit(unit)
}
