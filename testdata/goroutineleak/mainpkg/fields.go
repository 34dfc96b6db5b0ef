package main

import "fmt"

// Nobody imports package main, so that its exported fields are in sight, too.

type Printer struct {
	Lines chan string
	Over  chan struct{}
}

func NewPrinter() *Printer {
	p := &Printer{make(chan string), make(chan struct{})}
	go p.Run()
	return p
}

func (p *Printer) Run() {
	for {
		select {
		case l := <-p.Lines:
			fmt.Println(l)
		case <-p.Over:
			return
		}
	}
}

func (p *Printer) Close() { close(p.Over) }

func (p *Printer) Print(l string) {
	p.Lines <- l // want "medium blocked-send: this send blocks forever once Run has returned"
}
