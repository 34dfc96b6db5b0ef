package snapshot_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
)

// leak starts n goroutines of each kind, and returns when all of them wait.
func leak(t *testing.T, n int) {
	t.Helper()
	s := &stuck[int]{ch: make(chan int), end: make(chan struct{})}
	for range n {
		go s.send()
		go func() {
			func() { <-s.end }()
		}()
		s.group.Go(s.wait)
	}
	t.Cleanup(func() { close(s.end); s.group.Wait() })
	for range 1000 {
		var out bytes.Buffer
		pprof.Lookup("goroutine").WriteTo(&out, 2)
		if strings.Count(out.String(), "leak_test.go") >= 6*n { // a frame and a creation of each
			time.Sleep(10 * time.Millisecond)
			return
		}
		time.Sleep(time.Millisecond)
	}
}

type stuck[T any] struct {
	ch    chan T
	end   chan struct{}
	group sync.WaitGroup
}

func (s *stuck[T]) send() {
	var v T
	select {
	case s.ch <- v:
	case <-s.end:
	}
}

func (s *stuck[T]) wait() {
	var mu sync.Mutex
	mu.Lock()
	go func() {
		<-s.end
		mu.Unlock()
	}()
	mu.Lock()
}

const pkg = "github.com/ctxlint/ctxlint/internal/evidence/snapshot_test"

// The same goroutines are found in each form of a profile, with what it tells of them.
func TestGoroutineForms(t *testing.T) {
	const n = 7
	leak(t, n)
	for _, debug := range []int{0, 1, 2} {
		var out bytes.Buffer
		if err := pprof.Lookup("goroutine").WriteTo(&out, debug); err != nil {
			t.Fatal(err)
		}
		s, err := snapshot.Read("p", &out)
		if err != nil {
			t.Fatalf("debug=%d: %v", debug, err)
		}
		if s.Kind != snapshot.Goroutines || s.Problem != "" || s.Total < 4*n {
			t.Errorf("debug=%d: %+v", debug, s)
		}
		waits := map[string]snapshot.Wait{
			"(*stuck).send": snapshot.Select, "(*stuck).wait": snapshot.Lock, "(*stuck).wait.func1": snapshot.Receive, "leak.func1.1": snapshot.Receive,
		}
		if debug == 1 { // without the frames of the runtime
			waits["(*stuck).send"], waits["leak.func1.1"], waits["(*stuck).wait.func1"] = snapshot.Unknown, snapshot.Unknown, snapshot.Unknown
		}
		for name, wait := range waits {
			st := find(s, name)
			if st == nil {
				t.Errorf("debug=%d: no goroutine in %s", debug, name)
				continue
			}
			if st.Count != n || st.Wait != wait {
				t.Errorf("debug=%d: %d goroutines in %s wait for %q, want %d and %q", debug, st.Count, name, st.Wait, n, wait)
			}
			if created := st.Created.Package == pkg; created != (debug == 2 && name != "(*stuck).wait") {
				t.Errorf("debug=%d: %s is created by %+v", debug, name, st.Created)
			}
		}
	}
}

// find returns the stack whose innermost frame in this file is that of the function.
func find(s *snapshot.Snapshot, name string) *snapshot.Stack {
	for _, st := range s.Stacks {
		for _, f := range st.Frames {
			if f.Package == pkg && f.Base() == "leak_test.go" {
				if f.Func == name && f.Line > 0 {
					return st
				}
				break
			}
		}
	}
	return nil
}

var kept [][]byte

// Objects of the heap are found in each form of a profile, in about the same number.
func TestHeapForms(t *testing.T) {
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = 1
	kept = nil
	for range 500 {
		kept = append(kept, make([]byte, 1<<10))
	}
	runtime.GC()
	runtime.GC()
	for _, debug := range []int{0, 1} {
		var out bytes.Buffer
		if err := pprof.Lookup("heap").WriteTo(&out, debug); err != nil {
			t.Fatal(err)
		}
		s, err := snapshot.Read("p", &out)
		if err != nil {
			t.Fatalf("debug=%d: %v", debug, err)
		}
		st := s.Stacks[0]
		for _, candidate := range s.Stacks {
			if candidate.Bytes > st.Bytes && strings.Contains(candidate.Frames[0].Func, "TestHeapForms") {
				st = candidate
			}
		}
		if s.Kind != snapshot.Heap || st.Count < 400 || st.Bytes < 400<<10 {
			t.Errorf("debug=%d: %d objects with %d bytes in %+v", debug, st.Count, st.Bytes, st.Frames)
		}
	}
	runtime.KeepAlive(kept)
}

// A panic and SIGQUIT print stacks with other text before and after them, whatever
// -trimpath and -ldflags leave of names.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	dir := t.TempDir()
	source := filepath.Join("testdata", "crash", "main.go")
	for name, flags := range map[string][]string{
		"plain":    nil,
		"trimpath": {"-trimpath"},
		"stripped": {"-ldflags=-s -w"},
	} {
		bin := filepath.Join(dir, name+".exe")
		if out, err := exec.Command("go", append(append([]string{"build", "-o", bin}, flags...), source)...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		cmd := exec.Command(bin)
		cmd.Env = append(os.Environ(), "GOTRACEBACK=all")
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Fatal("the program does not panic")
		}
		s, err := snapshot.Read(name, bytes.NewReader(out))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		st := s.Stacks[0]
		f := st.Frames[0]
		if st.Count != 3 || st.Wait != snapshot.Receive || f.Package != "main" || f.Func != "wait" || f.Base() != "main.go" || f.Line == 0 || st.Created.Declared() != "main" {
			t.Errorf("%s: %+v", name, st)
		}
	}
}
