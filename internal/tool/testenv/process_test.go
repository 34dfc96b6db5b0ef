//go:build unix

package testenv_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// orphans is a script with a child that outlives it, whose ID it prints.
const orphans = "sleep 600 >/dev/null & echo $!"

func TestRunLeavesNothing(t *testing.T) {
	cmd := exec.Command("sh", "-c", orphans)
	var out strings.Builder
	cmd.Stdout = &out
	if err := testenv.Run(cmd); err != nil {
		t.Fatal(err)
	}
	awaitEnd(t, out.String())
}

// TestKilled kills a test while its command runs: this test, in a separate
// process.
func TestKilled(t *testing.T) {
	if os.Getenv("TESTENV_KILLED") != "" {
		cmd := exec.Command("sh", "-c", orphans+"; sleep 600")
		cmd.Stdout = os.Stdout
		t.Fatal(testenv.Run(cmd))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, signal := range map[string]os.Signal{"interrupted": os.Interrupt, "killed": os.Kill} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(self, "-test.run=^TestKilled$")
			cmd.Env = append(os.Environ(), "TESTENV_KILLED=1")
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			id, err := bufio.NewReader(out).ReadString('\n')
			cmd.Process.Signal(signal)
			if err != nil {
				t.Fatal(err)
			}
			awaitEnd(t, id)
			cmd.Wait()
		})
	}
}

// awaitEnd waits for the end of a process that is not a child of the test.
func awaitEnd(t *testing.T, id string) {
	t.Helper()
	pid, err := strconv.Atoi(strings.TrimSpace(id))
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if ended(pid) {
			return
		}
		if time.Now().After(end) {
			syscall.Kill(pid, syscall.SIGKILL)
			t.Fatalf("process %d is still there", pid)
		}
	}
}

// ended reports whether a process has ended, even if nobody has waited for it:
// in a container there may be nobody to do so.
func ended(pid int) bool {
	if errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}
