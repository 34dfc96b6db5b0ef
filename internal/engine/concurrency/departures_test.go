package concurrency_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
)

// departures are functions that receive from the channel in of a struct which each makes,
// and how the receiver leaves.
var departures = []struct{ name, body, want string }{
	{"signal", "for { select { case <-b.in: case <-b.quit: return } }", "by a signal"},
	{"context", "for { select { case <-b.in: case <-ctx.Done(): return } }", "by a context"},
	{"both", "for { select { case <-b.in: case <-b.quit: return; case <-ctx.Done(): return } }", "by a context"},
	{"value", "for { select { case <-b.in: case <-b.other: return } }", "by a value"},
	{"failure", "for { <-b.in; if err := work(); err != nil { return } }", "after an error"},
	{"breaks", "for { select { case <-b.in: continue; case <-b.quit: }; break }", "by a signal"},
	{"stays", "for { select { case <-b.in: case <-b.quit: println() } }", ""},
	{"ranges", "for range b.in { println() }", ""},
	{"drains", "for { select { case <-b.in: case <-b.quit: for range b.in { }; return } }", ""},
	{"deferred", "defer b.drain(); for { select { case <-b.in: case <-b.quit: return } }", ""},
	{"hands", "for { select { case <-b.in: case <-b.quit: go b.drain(); return } }", ""},
	{"told", "for { <-b.in; if err := work(); err != nil { b.other <- 1; return } }", ""},
	{"once", "<-b.in", ""},
}

const departuresHeader = `package p

import "context"

func work() error { return context.Canceled }
`

func TestDepartures(t *testing.T) {
	text := departuresHeader
	for _, d := range departures {
		text += fmt.Sprintf(`
type box_%[1]s struct { in, other chan int; quit chan struct{} }
func (b *box_%[1]s) end() { close(b.quit); b.other <- 1 }
func (b *box_%[1]s) run(ctx context.Context) { %[2]s }
func new_%[1]s(ctx context.Context) *box_%[1]s { b := &box_%[1]s{}; b.in = make(chan int); b.other, b.quit = make(chan int), make(chan struct{}); go b.run(ctx); return b }
`, d.name, d.body)
		if strings.Contains(d.body, "drain") {
			text += fmt.Sprintf("func (b *box_%s) drain() { for { <-b.in; if err := work(); err != nil { return } } }\n", d.name)
		}
	}
	p := load(t, text)
	got := make(map[string]string)
	for _, ch := range p.Channels() {
		if ch.Field == nil || ch.Field.Name() != "in" {
			continue
		}
		ways, _ := p.Departures(ch, concurrency.Recv)
		for _, w := range ways {
			got[ch.Makes[0].Parent().Name()] = how(w)
		}
	}
	for _, d := range departures {
		if got["new_"+d.name] != d.want {
			t.Errorf("%s: the receiver leaves %q, want %q", d.name, got["new_"+d.name], d.want)
		}
	}
}

func how(d concurrency.Departure) string {
	switch {
	case d.By == nil:
		return "after an error"
	case d.By.Done:
		return "by a context"
	case d.By.Signal():
		return "by a signal"
	}
	return "by a value"
}

func TestForgets(t *testing.T) {
	p := load(t, departuresHeader+`
func done() {}
func early() { if err := work(); err != nil { return }; done() }
func always() { defer done(); if err := work(); err != nil { return } }
func late() { done(); if err := work(); err != nil { return } }
func says(c chan error) { if err := work(); err != nil { c <- err; return }; done() }
func succeeds() { if err := work(); err == nil { return }; done() }
`)
	want := map[string]bool{"early": true, "always": false, "late": false, "says": false, "succeeds": false}
	for _, fn := range p.SSA().Funcs {
		forgets, checked := want[fn.Name()]
		if !checked {
			continue
		}
		_, got := p.Forgets(fn, func(instr ssa.Instruction) bool {
			call, ok := instr.(ssa.CallInstruction)
			return ok && call.Common().StaticCallee() != nil && call.Common().StaticCallee().Name() == "done"
		})
		if got != forgets {
			t.Errorf("%s forgets: %t, want %t", fn.Name(), got, forgets)
		}
		delete(want, fn.Name())
	}
	if len(want) > 0 {
		t.Errorf("not in the package: %v", want)
	}
}
