package testenv

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// OldGo returns the variables that make a release of Go, such as "go1.24.0", the only one
// that a child finds, as it is where GOTOOLCHAIN=local is set. A release that is not in the
// module cache is downloaded only for the tests that [Switch] turns on. The test is skipped
// if it cannot be had.
func OldGo(t testing.TB, release string) map[string]string {
	t.Helper()
	vars := map[string]string{"GOTOOLCHAIN": release, "GOROOT": "", "GOFLAGS": "", "GOWORK": "off"}
	if os.Getenv(Switch) == "" {
		vars["GOPROXY"] = "off"
	}
	cmd := exec.Command("go", "env", "GOROOT")
	cmd.Dir = t.TempDir()
	cmd.Env = os.Environ()
	for name, value := range vars {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := Run(cmd); err != nil {
		t.Skipf("%s cannot be had: %v\n%s", release, err, errs.Bytes())
	}
	bin := filepath.Join(strings.TrimSpace(out.String()), "bin")
	return map[string]string{
		"PATH":        bin + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"GOTOOLCHAIN": "local",
		"GOROOT":      "", // that of the go command which runs the test
	}
}
