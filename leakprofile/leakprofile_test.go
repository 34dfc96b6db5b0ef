package leakprofile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/leakprofile"
)

// tests leave a goroutine behind, and return.
type tests struct {
	code int
	end  chan struct{}
}

func (m tests) Run() int {
	go m.leak()
	return m.code
}

func (m tests) leak() { <-m.end }

func TestMainWritesWhatIsLeft(t *testing.T) {
	m := tests{3, make(chan struct{})}
	defer close(m.end)
	file := filepath.Join(t.TempDir(), "goroutines.txt")
	if code := leakprofile.Main(m, file); code != 3 {
		t.Errorf("the exit code is %d", code)
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, err := snapshot.Read(file, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, st := range s.Stacks {
		if len(st.Frames) > 0 && st.Frames[0].Func == "tests.leak" && st.Wait == snapshot.Receive && st.Created.Func == "tests.Run" {
			return
		}
	}
	t.Errorf("no goroutine in leak among %d stacks", len(s.Stacks))
}

func TestMainFails(t *testing.T) {
	m := tests{0, make(chan struct{})}
	defer close(m.end)
	if code := leakprofile.Main(m, filepath.Join(t.TempDir(), "no", "such", "file")); code != 1 {
		t.Errorf("the exit code is %d", code)
	}
}
