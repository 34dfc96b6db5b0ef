package travel

import (
	"errors"
	"io/fs"
	"path/filepath"
	"sync"
	"time"
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

// Near misses.

// Only the first error is sent, whoever calls.
func firstOnly(steps [3]func() error) error {
	errc := make(chan error, 1)
	go func() {
		defer close(errc)
		sent := false
		send := func(err error) {
			if !sent {
				errc <- err
				sent = true
			}
		}
		if err := steps[0](); err != nil {
			send(err)
		}
		if err := steps[1](); err != nil {
			send(err)
		}
		for i := range 3 {
			if err := steps[i](); err != nil {
				send(err)
			}
		}
	}()
	return steps[2]()
}

func noFlag(steps [3]func() error) error {
	errc := make(chan error, 1)
	go func() {
		defer close(errc)
		send := func(err error) {
			errc <- err // want "blocked-send: when noFlag leaves"
		}
		if err := steps[0](); err != nil {
			send(err)
		}
		if err := steps[1](); err != nil {
			send(err)
		}
	}()
	return steps[2]()
}

// Each run sends, or leaves that to the next one.
func countDown() {
	c := make(chan bool)
	n := 10
	var f func()
	f = func() {
		n--
		if n >= 0 {
			time.AfterFunc(0, f)
		} else {
			c <- true
		}
	}
	time.AfterFunc(0, f)
	<-c
}

func deep(n int, do func()) {
	if n > 0 {
		deep(n-1, do)
		return
	}
	do()
}

// However deep, the literal is run once.
func runDeep(n int, look func()) {
	ready, wait, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		deep(n, func() {
			ready <- struct{}{}
			<-wait
		})
		done <- struct{}{}
	}()
	<-ready
	look()
	wait <- struct{}{}
	<-done
}
