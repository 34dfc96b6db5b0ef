package gocmd

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// A group is a child with all processes below it.
type group interface {
	started(*exec.Cmd)
	interrupt() // ask to end
	kill()
}

// run runs the go command with its standard output copied to stdout and
// returns its standard error. When ctx ends, the child's whole process group is
// interrupted, and killed if it does not end soon; the error is then ctx's.
func (g *Go) run(ctx context.Context, stdout io.Writer, args ...string) (stderr string, err error) {
	return g.runWith(ctx, nil, stdout, args...)
}

// runWith is like run, with more variables in the child's environment.
func (g *Go) runWith(ctx context.Context, vars []string, stdout io.Writer, args ...string) (stderr string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if g.Log != nil {
		defer g.Log(append([]string{"go"}, args...))()
	}
	errs := errorWriter{tell: g.tell}
	cmd := exec.Command(g.path, args...)
	cmd.Dir, cmd.Env = g.Dir, append(slices.Clip(g.env), vars...)
	cmd.Stdout, cmd.Stderr = stdout, &errs
	// A surviving grandchild must not keep its pipes open and so delay the end.
	cmd.WaitDelay = grace
	own := newGroup(cmd)
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return "", err
	}
	own.started(cmd)
	g.track(cmd, own)
	defer g.untrack(cmd)

	done := make(chan struct{})
	go func() {
		select {
		case <-done:
			return
		case <-ctx.Done():
			own.interrupt()
		}
		select {
		case <-done:
		case <-time.After(grace):
			own.kill()
		}
	}()
	err = cmd.Wait()
	close(done)
	if g.Spent != nil {
		g.Spent(append([]string{"go"}, args...), time.Since(start), treeTime(cmd.ProcessState))
	}
	if ctx.Err() != nil {
		own.kill() // for whatever ignored the interrupt
		return errs.String(), ctx.Err()
	}
	return errs.String(), err
}

// errorWriter keeps the standard error of a child, and tells at once what takes long.
type errorWriter struct {
	text bytes.Buffer
	tell func(string)
	told int // bytes of complete lines that have been looked at
}

func (w *errorWriter) String() string { return w.text.String() }

func (w *errorWriter) Write(p []byte) (int, error) {
	n, err := w.text.Write(p)
	for {
		line, _, complete := bytes.Cut(w.text.Bytes()[w.told:], []byte("\n"))
		if !complete {
			return n, err
		}
		w.told += len(line) + 1
		if bytes.HasPrefix(line, []byte("go: downloading go1.")) { // and not a module
			w.tell(strings.TrimPrefix(string(line), "go: "))
		}
	}
}

// Kill ends every running child at once.
func (g *Go) Kill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, own := range g.running {
		own.kill()
	}
}

func (g *Go) track(cmd *exec.Cmd, own group) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running[cmd] = own
}

func (g *Go) untrack(cmd *exec.Cmd) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.running, cmd)
}
