package gocmd

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// vetByFiles is [Go.Vet] by way of a directory in which each unit leaves a file.
func (g *Go) vetByFiles(ctx context.Context, args []string, emit func(record.Unit)) (stderr string, err error) {
	dir, err := os.MkdirTemp("", "ctxlint-records")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	in := &inbox{dir: dir, seen: make(map[string]bool), w: recordWriter{emit: emit}}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		in.watch(stop)
	}()
	stderr, err = g.runWith(ctx, []string{record.DirVariable + "=" + dir}, io.Discard, append([]string{"vet"}, args...)...)
	close(stop)
	<-stopped
	return stderr, cmp.Or(err, in.err)
}

// An inbox is a directory in which records arrive.
type inbox struct {
	dir  string
	seen map[string]bool
	w    recordWriter
	err  error
}

// watch reads records until stop is closed, and then what is left.
func (in *inbox) watch(stop <-chan struct{}) {
	const pace = 100 * time.Millisecond // only progress is shown meanwhile
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			in.read()
		case <-stop:
			in.read()
			return
		}
	}
}

// read reads the records that are new.
func (in *inbox) read() {
	entries, err := os.ReadDir(in.dir)
	in.err = cmp.Or(in.err, err)
	for _, e := range entries {
		if in.seen[e.Name()] || !strings.HasSuffix(e.Name(), record.FileSuffix) {
			continue
		}
		in.seen[e.Name()] = true
		content, err := os.ReadFile(filepath.Join(in.dir, e.Name()))
		in.w.Write(content)
		in.err = cmp.Or(in.err, err, in.w.finish())
	}
}
