package travel

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
)

// A literal that sends is run by what it is given to, before that returns.

func walked(root string) string {
	paths := make(chan string)
	go func() {
		defer close(paths)
		filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			paths <- path // want "blocked-send: when walked leaves before receiving everything"
			return err
		})
	}()
	for path := range paths {
		if filepath.Ext(path) == ".go" {
			return path
		}
	}
	return ""
}

func eachLine(text []string, do func(string)) {
	for _, line := range text {
		do(line)
	}
}

func visited(text []string) error {
	lines := make(chan string, 3)
	go func() {
		eachLine(text, func(line string) {
			lines <- line // want "blocked-send: when visited leaves before receiving everything"
		})
		close(lines)
	}()
	for line := range lines {
		if line == "" {
			return errors.New("empty line")
		}
	}
	return nil
}

func locked(mu *sync.Mutex, do func()) {
	mu.Lock()
	defer mu.Unlock()
	do()
}

func sendsUnderLock(mu *sync.Mutex, limit <-chan struct{}, work func() int) int {
	out := make(chan int)
	go locked2(mu, out, work)
	select {
	case n := <-out:
		return n
	case <-limit:
		return 0
	}
}

func locked2(mu *sync.Mutex, out chan<- int, work func() int) {
	locked(mu, func() {
		out <- work() // want "blocked-send: when sendsUnderLock leaves without receiving"
	})
}

// Silent.

func sendsUnderLockOnce(mu *sync.Mutex, limit <-chan struct{}, work func() int) int {
	out := make(chan int, 1)
	go locked(mu, func() { out <- work() })
	go func() {
		locked(mu, func() { out <- work() })
	}()
	return <-out
}

func onceUnderLock(mu *sync.Mutex, limit <-chan struct{}, work func() int) int {
	out := make(chan int, 1)
	go func() {
		locked(mu, func() { out <- work() })
	}()
	select {
	case n := <-out:
		return n
	case <-limit:
		return 0
	}
}

type handler struct{ handle func(string) }

func (h *handler) on(do func(string)) { h.handle = do }

// The literal is kept, and nobody knows when it runs.
func keptCallback(h *handler) string {
	out := make(chan string)
	go func() {
		h.on(func(s string) { out <- s })
	}()
	if h.handle == nil {
		return ""
	}
	return <-out
}

func startedCallback(text []string, start func(func(string))) string {
	out := make(chan string)
	go func() {
		start(func(s string) { out <- s })
	}()
	if len(text) == 0 {
		return ""
	}
	return <-out
}

func receivesInCallback(text []string) {
	out := make(chan string)
	go func() {
		for _, line := range text {
			out <- line
		}
	}()
	eachLine(text, func(string) { println(<-out) })
}
