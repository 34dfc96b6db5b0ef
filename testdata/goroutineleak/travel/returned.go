// Package travel has channels that go through parameters, results and literals.
package travel

import (
	"context"
	"errors"
	"log"
	"time"
)

// A helper starts the sender and returns the channel.

func later(work func() int) <-chan int {
	out := make(chan int)
	go func() {
		out <- work() // want `blocked-send: this send blocks forever when givesUp leaves without receiving, and the goroutine leaks; give the channel a buffer, or select on a context too`
	}()
	return out
}

func givesUp(ctx context.Context, work func() int) int {
	answer := later(work)
	select {
	case n := <-answer:
		return n
	case <-ctx.Done():
		return 0
	}
}

func waitsFor(work func() int) int { return <-later(work) }

// One that has room, and one whose callers all receive.

func laterWithRoom(work func() int) <-chan int {
	out := make(chan int, 1)
	go func() { out <- work() }()
	return out
}

func givesUpRoom(ctx context.Context, work func() int) int {
	select {
	case n := <-laterWithRoom(work):
		return n
	case <-ctx.Done():
		return 0
	}
}

func laterForAll(work func() int) <-chan int {
	out := make(chan int)
	go func() { out <- work() }()
	return out
}

func both(work func() int) int {
	a, b := laterForAll(work), laterForAll(work)
	return <-a + <-b
}

// Through another helper.

func lines(text []string) <-chan string {
	out := make(chan string, 2)
	go func() {
		defer close(out)
		for _, line := range text {
			out <- line // want "blocked-send: this send blocks forever when first leaves before receiving everything"
		}
	}()
	return out
}

func logged(text []string) <-chan string {
	log.Print("lines")
	return lines(text)
}

func first(text []string) string {
	for line := range logged(text) {
		if line != "" {
			return line
		}
	}
	return ""
}

func every(text []string) {
	for line := range lines(text) {
		log.Print(line)
	}
}

// A failed producer has started nothing.

func opened(open func() error, work func() int) (<-chan int, error) {
	if err := open(); err != nil {
		return nil, err
	}
	out := make(chan int)
	go func() { out <- work() }()
	return out, nil
}

func asksForError(open func() error, work func() int) (int, error) {
	out, err := opened(open, work)
	if err != nil {
		return 0, err
	}
	return <-out, nil
}

func openedToo(open func() error, work func() int) (<-chan int, error) {
	if err := open(); err != nil {
		return nil, err
	}
	out := make(chan int)
	go func() {
		out <- work() // want "blocked-send: when asksForBoth leaves without receiving"
	}()
	return out, nil
}

func asksForBoth(open, check func() error, work func() int) (int, error) {
	out, err := openedToo(open, work)
	if err != nil {
		return 0, err
	}
	if err := check(); err != nil {
		return 0, err
	}
	return <-out, nil
}

// Nobody wants the outcome.

func background(work func() error) <-chan error {
	failed := make(chan error)
	go func() {
		failed <- work() // want "blocked-send: when ignores leaves without receiving"
	}()
	return failed
}

func ignores(work func() error) { background(work) }

// What goes out of sight is somebody else's.

func kept(work func() int, keep func(<-chan int)) { keep(laterForAll(work)) }

func inSlice(all []func() int) (n int) {
	var outs []<-chan int
	for _, work := range all {
		outs = append(outs, laterForAll(work))
	}
	for _, out := range outs {
		n += <-out
	}
	return n
}

// A consumer that is a function of its own.

func feed(out chan<- string, text []string) {
	for _, line := range text {
		out <- line // want "blocked-send: this send blocks forever when handsOver leaves before receiving everything"
	}
	close(out)
}

func handsOver(text []string) error {
	todo := make(chan string, 4)
	go feed(todo, text)
	return readAll(todo)
}

func readAll(todo <-chan string) error {
	for line := range todo {
		if line == "" {
			return errors.New("empty line")
		}
	}
	return nil
}

func feedTo(out chan<- string, text []string) {
	for _, line := range text {
		out <- line
	}
	close(out)
}

func handsOverToReader(text []string) {
	todo := make(chan string)
	go feedTo(todo, text)
	logAll(todo)
}

func logAll(todo <-chan string) {
	for line := range todo {
		log.Print(line)
	}
}

// The rest is received after an error.
func receivesRest(text []string) error {
	todo := make(chan string)
	go feedTo(todo, text)
	err := readAll(todo)
	if err != nil {
		for range todo {
		}
	}
	return err
}

func timeLimited(work func() int, limit time.Duration) int {
	out := make(chan int)
	go func() {
		out <- work() // want "blocked-send: when timeLimited leaves without receiving"
	}()
	return within(out, limit)
}

func within(out <-chan int, limit time.Duration) int {
	select {
	case n := <-out:
		return n
	case <-time.After(limit):
		return -1
	}
}

// A helper that starts the goroutine.

func startsFeeder(text []string, out chan<- string) {
	go func() {
		defer close(out)
		for _, line := range text {
			out <- line // want "blocked-send: when startedByHelper leaves before receiving everything"
		}
	}()
}

func startedByHelper(text []string) string {
	out := make(chan string)
	startsFeeder(text, out)
	return <-out
}

// Counts.

func threeOfThree(work func() int) (n int) {
	out := make(chan int)
	for range 3 {
		go func() { out <- work() }()
	}
	n += <-out
	n += <-out
	n += <-out
	return n
}

func twoOfThree(work func() int) (n int) {
	out := make(chan int)
	for range 3 {
		go func() {
			out <- work() // want "blocked-send: when twoOfThree leaves before receiving everything"
		}()
	}
	n += <-out
	n += <-out
	return n
}

func roomForThree(work func() int) int {
	out := make(chan int, 2)
	for range 3 {
		go func() { out <- work() }()
	}
	return <-out
}

func roomForTwo(work func() int) int {
	out := make(chan int, 1)
	for range 3 {
		go func() {
			out <- work() // want "blocked-send: when roomForTwo leaves before receiving everything"
		}()
	}
	return <-out
}

func muchRoom(text []string) string {
	out := make(chan string, 1000)
	go func() {
		defer close(out)
		for _, line := range text {
			out <- line // want "low blocked-send: when muchRoom leaves before receiving everything"
		}
	}()
	return <-out
}

// A time.After fires once.
func oneShot(tick <-chan int, work func(int)) bool {
	done := make(chan bool)
	go func() {
		over := time.After(time.Second)
		for {
			select {
			case n := <-tick:
				work(n)
			case <-over:
				done <- true
			}
		}
	}()
	return <-done
}
