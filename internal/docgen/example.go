package docgen

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ExampleArgs are the arguments with which the README first runs ctxlint.
var ExampleArgs = []string{"-C", "examples/orders", "./..."}

// RunExample builds ctxlint, runs it in root, the directory of the module, and
// returns what it wrote to standard output. It returns an error if ctxlint
// could not do its work; findings are none.
func RunExample(root string, args ...string) (string, error) {
	dir, err := os.MkdirTemp("", "ctxlint-example-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	exe := filepath.Join(dir, "ctxlint.exe") // Windows needs the suffix, others do not mind

	build := exec.Command("go", "build", "-o", exe, "./cmd/ctxlint")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%v: %v\n%s", build, err, out)
	}

	var stdout, stderr bytes.Buffer
	cmd := exec.Command(exe, args...)
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil // findings
	}
	if err != nil {
		return "", fmt.Errorf("%v: %v\n%s", cmd, err, &stderr)
	}
	return stdout.String(), nil
}

// ReadmeWithExample returns the README in root with the present output of
// ctxlint on the example service.
func ReadmeWithExample(root, readme string) (string, error) {
	out, err := RunExample(root, ExampleArgs...)
	if err != nil {
		return "", err
	}
	block := "```console\n$ go run ./cmd/ctxlint " + strings.Join(ExampleArgs, " ") + "\n" + out + "```\n"
	return Replace(readme, "example", block)
}
