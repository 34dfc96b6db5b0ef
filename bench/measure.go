package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

// A situation is what a tool finds when it starts.
type situation string

// The situations, in the order in which a round goes through them. Each except
// the first finds the caches as the previous one left them.
const (
	cold         situation = "cold"
	warm         situation = "warm"
	commentAdded situation = "comment"
	bodyChanged  situation = "body"
)

var situations = []situation{cold, warm, commentAdded, bodyChanged}

// A sample is what one run of a tool took.
type sample struct {
	Wall time.Duration
	CPU  time.Duration // user and system time of all processes
	Peak int64         // bytes resident in the largest process, 0 if unknown
}

// A count is what cmd/go executed in one run of a tool.
type count struct {
	Analysed int // executions of the vet tool
	Compiled int // executions of the compiler, which should be none
}

// caches are the directories in which a tool keeps results during a round.
type caches struct {
	dir, build, own string
}

// caches makes caches in which everything is compiled and nothing is analysed.
// The build cache consists of links to the files of t.base, which is safe: the
// go command never changes the contents of an entry, and new ones are new files.
func (t *target) caches(name string) (*caches, error) {
	dir := filepath.Join(t.scratch, name)
	c := &caches{dir: dir, build: filepath.Join(dir, "build"), own: filepath.Join(dir, "own")}
	err := filepath.WalkDir(t.base, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(t.base, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(c.build, rel), 0o777)
		}
		return os.Link(path, filepath.Join(c.build, rel))
	})
	if err != nil {
		return nil, errors.Join(err, c.remove())
	}
	return c, os.MkdirAll(c.own, 0o777)
}

func (c *caches) remove() error { return os.RemoveAll(c.dir) }

// measureRound runs tool once in each situation.
func measureRound(ctx context.Context, t *target, tool *tool) (samples []sample, err error) {
	err = t.round(tool, func(c *caches) error {
		cmd := t.command(ctx, c.build, tool.args(tool.exe, tool.dir, t.patterns))
		if tool.cache != "" {
			cmd.Env = append(cmd.Env, tool.cache+"="+c.own)
		}
		s, err := measure(cmd)
		samples = append(samples, s)
		return err
	})
	return samples, err
}

// countRound runs a vet tool once in each situation and counts what cmd/go
// executes for it.
func countRound(ctx context.Context, t *target, tool *tool) (counts []count, err error) {
	err = t.round(tool, func(c *caches) error {
		args := tool.args(tool.exe, tool.dir, t.patterns)
		args = append([]string{args[0], args[1], "-x"}, args[2:]...)
		cmd := t.command(ctx, c.build, args)
		out, err := cmd.CombinedOutput()
		counts = append(counts, countCommands(string(out)))
		return tolerate(cmd, err, string(out))
	})
	return counts, err
}

// round calls f in each situation.
func (t *target) round(tool *tool, f func(*caches) error) error {
	c, err := t.caches("round")
	if err != nil {
		return err
	}
	for _, s := range situations {
		e, edited := t.edits[s]
		if edited {
			if err := e.apply(); err != nil {
				return err
			}
		}
		err := f(c)
		if edited {
			err = errors.Join(err, e.revert())
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return c.remove()
}

// measure runs cmd and returns what it took. Findings, which give exit code 1,
// are not an error.
//
// CPU time and peak memory are what the system records for a process and all
// descendants that it has waited for; the peak is that of the largest of them.
func measure(cmd *exec.Cmd) (sample, error) {
	out, err := os.CreateTemp("", "ctxlint-bench-output-") // a pipe would make the tool wait for us
	if err != nil {
		return sample{}, err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out

	start := time.Now()
	err = cmd.Run()
	wall := time.Since(start)
	if err != nil {
		text, _ := os.ReadFile(out.Name())
		if err := tolerate(cmd, err, string(text)); err != nil {
			return sample{}, err
		}
	}
	state := cmd.ProcessState
	return sample{Wall: wall, CPU: state.UserTime() + state.SystemTime(), Peak: peakMemory(state)}, nil
}

// tolerate returns nil if err says only that there are findings.
func tolerate(cmd *exec.Cmd, err error, out string) error {
	if exit := (*exec.ExitError)(nil); err == nil || errors.As(err, &exit) && exit.ExitCode() == 1 {
		return nil
	}
	return failure(cmd, err, out)
}

var (
	vetCommand     = regexp.MustCompile(`(?m)^[^<\n]*vet\.cfg"?$`)
	compileCommand = regexp.MustCompile(`(?m)[/\\]compile(\.exe)?"? -o `)
)

// countCommands counts the commands that the go command prints with -x.
func countCommands(out string) count {
	return count{
		Analysed: len(vetCommand.FindAllString(out, -1)),
		Compiled: len(compileCommand.FindAllString(out, -1)),
	}
}
