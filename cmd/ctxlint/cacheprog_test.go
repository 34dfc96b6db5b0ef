package main_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
)

// TestSharedCache analyses a module on one machine and then, in another
// directory, on another machine that shares nothing but a GOCACHEPROG. The
// second has to print the same findings and analyse nothing.
func TestSharedCache(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a part of the standard library")
	}
	bin := buildCommand(t)
	shared := t.TempDir()
	source := map[string]string{
		"go.mod":         "module example.com/m\n\ngo 1.26\n",
		"budget/b.go":    "package budget\n\nimport \"context\"\n\nfunc Half(ctx context.Context) (context.Context, func()) {\n\treturn context.WithCancel(ctx)\n}\n",
		"service/s.go":   "package service\n\nimport (\n\t\"context\"\n\n\t\"example.com/m/budget\"\n)\n\nfunc Serve(ctx context.Context) {\n\tctx, _ = budget.Half(ctx)\n\t<-ctx.Done()\n}\n",
		"service/ok.go":  "package service\n",
		"budget/doc.go":  "package budget\n",
		"unrelated/u.go": "package unrelated\n",
	}
	run := func() (findings string, requests map[string]int) {
		dir := t.TempDir()
		for name, text := range source {
			name = filepath.Join(dir, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
				t.Fatal(err)
			}
		}
		log := filepath.Join(t.TempDir(), "requests")
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bin, "-q", "./...")
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PWD="+dir, "GOFLAGS=-trimpath", "GOWORK=off", "GOCACHE="+t.TempDir(),
			"GOCACHEPROG="+self, "CACHEPROG_DIR="+shared, "CACHEPROG_LOG="+log)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if cmd.Run(); cmd.ProcessState.ExitCode() != 1 {
			t.Fatalf("exit code %d\n%s%s", cmd.ProcessState.ExitCode(), stdout.String(), stderr.String())
		}
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		requests = make(map[string]int)
		for line := range strings.Lines(string(text)) {
			requests[strings.TrimSpace(line)]++
		}
		return stdout.String(), requests
	}
	first, requests := run()
	if !strings.Contains(first, "s.go:10:7: the cancel function of budget.Half is discarded") || requests["put"] == 0 {
		t.Fatalf("the first machine finds\n%safter %v", first, requests)
	}
	again, requests := run()
	if again != first {
		t.Errorf("the second machine finds\n%s, and the first\n%s", again, first)
	}
	// What is compiled or analysed is also put into the cache. The go command
	// also asks for things that it never stores.
	if requests["put"] != 0 || requests["hit"] == 0 {
		t.Errorf("the second machine has done work: %v", requests)
	}
}

// cacheProg is a GOCACHEPROG that keeps everything in the directory dir, and
// appends what it is asked for to the file log; see cmd/go/internal/cacheprog.
func cacheProg(dir, log string) error {
	events, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer events.Close()
	type response struct {
		ID            int64
		KnownCommands []string   `json:",omitempty"`
		Miss          bool       `json:",omitempty"`
		OutputID      []byte     `json:",omitempty"`
		Size          int64      `json:",omitempty"`
		Time          *time.Time `json:",omitempty"`
		DiskPath      string     `json:",omitempty"`
	}
	// An entry is a file with its output's ID, and one with the output.
	type entry struct{ OutputID []byte }
	out := json.NewEncoder(os.Stdout)
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	if err := out.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req struct {
			ID                 int64
			Command            string
			ActionID, OutputID []byte
			BodySize           int64
		}
		if err := in.Decode(&req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		resp := response{ID: req.ID}
		index := filepath.Join(dir, fmt.Sprintf("a-%x", req.ActionID))
		switch req.Command {
		case "get":
			var e entry
			text, err := os.ReadFile(index)
			if errors.Is(err, fs.ErrNotExist) {
				resp.Miss = true
				break
			}
			if err := errors.Join(err, json.Unmarshal(text, &e)); err != nil {
				return err
			}
			resp.OutputID, resp.DiskPath = e.OutputID, filepath.Join(dir, fmt.Sprintf("o-%x", e.OutputID))
			info, err := os.Stat(resp.DiskPath)
			if err != nil {
				return err
			}
			at := info.ModTime()
			resp.Size, resp.Time = info.Size(), &at
		case "put":
			var body []byte
			if req.BodySize > 0 {
				if err := in.Decode(&body); err != nil {
					return err
				}
			}
			text, err := json.Marshal(entry{req.OutputID})
			resp.DiskPath = filepath.Join(dir, fmt.Sprintf("o-%x", req.OutputID))
			// Several go commands may run at the same time, each with a process
			// like this.
			if err := errors.Join(err, atomicfile.Write(resp.DiskPath, body), atomicfile.Write(index, text)); err != nil {
				return err
			}
		}
		event := req.Command
		if event == "get" {
			event = map[bool]string{true: "miss", false: "hit"}[resp.Miss]
		}
		fmt.Fprintln(events, event)
		if err := out.Encode(resp); err != nil {
			return err
		}
		if req.Command == "close" {
			return nil
		}
	}
}
