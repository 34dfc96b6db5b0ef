package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// fakego makes this test's executable the go command of a script.
func fakego(ts *testscript.TestScript, neg bool, args []string) {
	self, err := os.Executable()
	ts.Check(err)
	dir := ts.MkAbs("fakebin")
	ts.Check(os.MkdirAll(dir, 0o777))
	name := filepath.Join(dir, "go")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	ts.Check(copyExecutable(self, name))
	ts.Setenv("PATH", dir+string(filepath.ListSeparator)+ts.Getenv("PATH"))
	ts.Setenv("FAKE_GO", args[0])
}

func copyExecutable(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o777)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

// fakeGo replaces the go command where the real one cannot be made to do what a
// test needs. The modes are
//
//	old     is Go 1.23, unless GOTOOLCHAIN asks for another
//	new     is a Go that does not exist yet, and finds the source too new
//	hang    reports one package, then starts a process and waits for it
//	deaf    is like hang, and ignores interrupts
//	killed  dies without a word
//	babble  prints something that is not a record
//	save    is the real one, and somebody saves a/a.go as soon as go vet has run $SAVE_AFTER times
//	badfix  is the real one, but fixes in functions called Bad do not compile
//	sleep   is the process that hang starts
func fakeGo(mode string, args []string) int {
	version := runtime.Version()
	if mode == "old" && !strings.HasPrefix(os.Getenv("GOTOOLCHAIN"), version) {
		version = "go1.23.3"
	}
	if mode == "new" {
		version = "go1.999.0"
	}
	toolchain := os.Getenv("GOTOOLCHAIN")
	switch {
	case mode == "sleep":
		beat()
	case mode == "save":
		return save(args)
	case mode == "badfix":
		return badFix(args)
	case args[0] == "env":
		if mode == "old" && version == runtime.Version() {
			fmt.Fprintf(os.Stderr, "go: downloading %s (fake)\n", version)
		}
		fmt.Printf(`{"GOVERSION":%q,"GOTOOLCHAIN":%q,"GOMOD":%q,"GOWORK":"","GOFLAGS":""}`, version, toolchain, filepath.Join(workDir(), "go.mod"))
	case args[0] == "list":
		for _, name := range []string{"a", "b"} {
			fmt.Printf(`{"ImportPath":"example.com/m/%s","Dir":%q,"Module":{"Path":"example.com/m","Main":true},"Match":["./..."]}`, name, filepath.Join(workDir(), name))
		}
	case mode == "old":
		fmt.Printf(`{"id":"example.com/m/a","importPath":"example.com/m/a"}` + "\n")
		fmt.Printf(`{"id":"example.com/m/b","importPath":"example.com/m/b"}` + "\n")
		fmt.Fprintf(os.Stderr, "go: warning: toolchain %s\n", toolchain)
	case mode == "new":
		fmt.Fprintf(os.Stderr, "# example.com/m/a\na/a.go:1:1: package requires newer Go version go1.999\n")
		return 1
	case mode == "killed":
		return 137
	case mode == "babble":
		fmt.Println("{}")
	default:
		fmt.Printf(`{"id":"example.com/m/a","importPath":"example.com/m/a","findings":[` +
			`{"analyzer":"cancelleak","category":"path","message":"found early","pos":{"file":"a.go","line":1,"col":1},"end":{"file":"a.go","line":1,"col":8}}]}` + "\n")
		return hang(mode)
	}
	return 0
}

// realGo returns the real go command.
func realGo(args []string) *exec.Cmd {
	_, path, _ := strings.Cut(os.Getenv("PATH"), string(filepath.ListSeparator))
	os.Setenv("PATH", path)
	return exec.Command("go", args...)
}

// save runs the real go command, and changes a file behind its back.
func save(args []string) int {
	cmd := realGo(args)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if args[0] == "vet" {
		log, err := os.OpenFile("vet.log", os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o666)
		if err != nil {
			panic(err)
		}
		log.WriteString("x")
		if info, err := log.Stat(); err == nil && strconv.FormatInt(info.Size(), 10) == os.Getenv("SAVE_AFTER") {
			file := filepath.Join("a", "a.go")
			content, err := os.ReadFile(file)
			if err == nil {
				err = os.WriteFile(file, append([]byte("// saved\n\n"), content...), 0o666)
			}
			if err != nil {
				panic(err)
			}
		}
	}
	return cmd.ProcessState.ExitCode()
}

// badFix runs the real go command and spoils fixes in the records that it prints.
func badFix(args []string) int {
	var out bytes.Buffer
	cmd := realGo(args)
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if args[0] != "vet" {
		os.Stdout.Write(out.Bytes())
		return cmd.ProcessState.ExitCode()
	}
	for dec := json.NewDecoder(&out); ; {
		var u record.Unit
		if err := dec.Decode(&u); err != nil {
			return cmd.ProcessState.ExitCode()
		}
		for _, f := range u.Findings {
			for _, fix := range f.Fixes {
				for i := range fix.Edits {
					if strings.HasPrefix(f.Func, "Bad") {
						fix.Edits[i].New = strings.ReplaceAll(fix.Edits[i].New, "cancel()", "undefined()")
					}
				}
			}
		}
		json.NewEncoder(os.Stdout).Encode(u)
	}
}

func workDir() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	return dir
}

// hang starts a process and waits for it.
func hang(mode string) int {
	if mode == "deaf" {
		signal.Ignore(os.Interrupt)
	}
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(self, "sleep")
	cmd.Env = append(os.Environ(), "FAKE_GO=sleep")
	if mode == "deaf" {
		cmd.Env = append(cmd.Env, "DEAF=1")
	}
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return 1
}

const heartbeat = 20 * time.Millisecond

// beat writes the file "beat" again and again, for at most a minute.
func beat() {
	if os.Getenv("DEAF") != "" {
		signal.Ignore(os.Interrupt)
	}
	for i := range int(time.Minute / heartbeat) {
		if err := os.WriteFile("beat", []byte(strconv.Itoa(i)), 0o666); err != nil {
			panic(err)
		}
		time.Sleep(heartbeat)
	}
}
