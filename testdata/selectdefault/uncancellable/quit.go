package uncancellable

import (
	"fmt"
	"time"
)

// A channel that is closed to say that something is over is like that of a context.

type pump struct {
	quit chan struct{}
	out  chan int
	wake chan struct{}
}

func newPump() *pump {
	return &pump{quit: make(chan struct{}), out: make(chan int), wake: make(chan struct{}, 1)}
}

func (p *pump) stop() { close(p.quit) }

func (p *pump) produce() {
	for i := 0; ; i++ {
		select {
		case <-p.quit:
			return
		default:
			p.out <- i // want "uncancellable: this send is not interrupted when quit is closed, which is only checked before it; make both cases of one select"
		}
	}
}

func (p *pump) sleep(step func()) {
	for {
		select {
		case <-p.quit:
			return
		default:
			step()
			time.Sleep(time.Minute) // want "uncancellable: this sleep is not interrupted when quit is closed"
		}
	}
}

func (p *pump) consume() {
	for {
		select {
		case <-p.quit:
			return
		case n := <-p.out:
			fmt.Println(n)
		}
	}
}

// What the channel says may be that something can begin.

type gate struct{ opened chan struct{} }

func newGate() *gate { return &gate{make(chan struct{})} }

func (g *gate) open() { close(g.opened) }

func (g *gate) await() {
	for {
		select {
		case <-g.opened:
			return
		default:
			time.Sleep(time.Minute) // want "low uncancellable: this sleep is not interrupted when opened is closed"
		}
	}
}

// What ends the receiver, too, is an end, whatever its name.

type link struct {
	lamp chan struct{}
	data chan int
}

func newLink() *link { return &link{make(chan struct{}), make(chan int)} }

func (l *link) dim() { close(l.lamp) }

func (l *link) push() {
	for i := 0; ; i++ {
		select {
		case <-l.lamp:
			return
		default:
			l.data <- i // want "uncancellable: this send is not interrupted when lamp is closed"
		}
	}
}

func (l *link) pull() {
	for {
		select {
		case <-l.lamp:
			return
		case n := <-l.data:
			fmt.Println(n)
		}
	}
}

// Silent.

func (p *pump) nudge() {
	p.wake <- struct{}{}
}

func (p *pump) onWake() {
	for {
		select {
		case <-p.wake:
			return
		default:
			time.Sleep(time.Minute)
		}
	}
}

func unknownSignal(stop <-chan int, step func()) {
	for {
		select {
		case <-stop:
			return
		default:
			step()
			time.Sleep(time.Minute)
		}
	}
}
