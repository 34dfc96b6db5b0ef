package concurrency_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// load returns what is known of a package with the given text.
func load(t testing.TB, text string) *concurrency.Package {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module m.test\n\ngo 1.26\n", "p.go": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return testenv.Analyze(t, concurrency.Analyzer, dir, ".").Roots[0].Result.(*concurrency.Package)
}

// find returns the function with the given name: "f", or "f$1" for a literal.
func find(t testing.TB, p *concurrency.Package, name string) *ssa.Function {
	t.Helper()
	for _, fn := range p.SSA().Funcs {
		if fn.Name() == name {
			return fn
		}
	}
	t.Fatalf("no function %s", name)
	return nil
}

// A row is a function and what is expected of it.
type row struct{ name, text, want string }

// source returns a package with the functions of the rows.
func source(header string, rows []row) string {
	var b strings.Builder
	b.WriteString(header)
	for _, r := range rows {
		fmt.Fprintf(&b, r.text+"\n", r.name)
	}
	return b.String()
}

const header = `package p

import (
	"context"
	"sync"
	"time"
)

var (
	_ context.Context
	_ sync.Mutex
	_ time.Time
)

func cond() bool
func read() (int, error)
func keep(any)
func take(<-chan int)
func give(chan<- int)

type object struct{ private, shared chan int }

func (o *object) run() { for range o.private { } }
func (o *object) Close() { close(o.private) }

type Open struct{ Channel chan int }
`

// channels are functions that make one channel.
var channels = []row{
	{"local", "func %s() { c := make(chan int, 2); go func() { c <- 1 }(); <-c }", "cap 2, 1 send, 1 recv, local, visible"},
	{"closed", "func %s() { c := make(chan int); go func() { defer close(c); c <- 1 }(); for range c { } }", "cap 0, 1 send, 1 recv, 1 close, local, visible, may be closed"},
	{"signal", "func %s() { c := make(chan int); go func() { close(c) }(); <-c }", "cap 0, 1 recv, 1 close, local, visible, may be closed, signal"},
	{"selected", "func %s(d chan int) { c := make(chan int); go func() { select { case c <- 1: case <-d: } }(); select { case <-c: default: } }", "cap 0, 1 send, 1 recv, local, visible"},
	{"variable", "func %s(n int) { c := make(chan int, n); c <- 1; <-c }", "1 send, 1 recv, local, visible"},
	{"helper", "func %s() { c := make(chan int); go helperOfHelper(c); <-c }\nfunc helperOfHelper(c chan int) { c <- 1; c <- 2 }", "cap 0, 2 send, 1 recv, local, visible"},
	{"result", "func %s() { c := resultOfHelper(); <-c }\nfunc resultOfHelper() chan int { c := make(chan int); go func() { c <- 1 }(); return c }", ""},
	{"boxed", "func %s() { c := make(chan int); keep(c); <-c }", "cap 0, 1 recv, local, others send, others receive, may be closed"},
	{"given", "func %s() { c := make(chan int); take(c); c <- 1 }", "cap 0, 1 send, local, others receive"},
	{"taken", "func %s() { c := make(chan int); give(c); <-c }", "cap 0, 1 recv, local, others send, may be closed"},
	{"element", "func %s() { c := make(chan int); m := map[string]chan int{}; m[``] = c; <-c }", "cap 0, 1 recv, local"},
	{"appended", "func %s() { var cs []chan int; cs = append(cs, make(chan int)); for _, c := range cs { c <- 1 }; for _, c := range cs { <-c } }", "cap 0, 1 send, 1 recv, local"},
	{"subscribed", "func %s() { m := map[chan int]bool{}; m[make(chan int)] = true; for c := range m { c <- 1; close(c) } }", "cap 0, 1 send, 1 close, local, may be closed"},
	{"exposed", "func %s() { c := make(chan int); m := map[string]chan int{`` : c}; keep(m); <-c }", "cap 0, 1 recv, local, others send, others receive, may be closed"},
	{"sent", "func %s() { cs := make(chan chan int, 1); c := make(chan int); cs <- c; d := <-cs; d <- 1 }", "cap 0, 1 send, local, visible"},
	{"sentAway", "func %s() { cs := make(chan chan int, 1); c := make(chan int); keep(cs); cs <- c; c <- 1 }", "cap 0, 1 send, local, others send, others receive, may be closed"},
	{"field", "func %s() *object { c := make(chan int); o := &object{private: c}; go o.run(); return o }", "cap 0, 1 recv, 1 close, visible, may be closed, signal"},
	{"exported", "func %s() *Open { c := make(chan int); return &Open{c} }", "cap 0, others send, others receive, may be closed"},
	{"Returned", "func %s() <-chan int { c := make(chan int, 1); c <- 1; return c }", "cap 1, 1 send, local, others receive"},
}

func TestChannels(t *testing.T) {
	p := load(t, source(header, channels))
	got := make(map[string]string)
	for _, ch := range p.Channels() {
		got[ch.Makes[0].Parent().Name()] = describe(ch)
	}
	for _, r := range channels {
		if got[r.name] != r.want {
			t.Errorf("the channel of %s: %s; want %s", r.name, got[r.name], r.want)
		}
	}
	if want := "cap 0, 1 send, 1 recv, local, visible"; got["resultOfHelper"] != want {
		t.Errorf("the channel of a helper: %s; want %s", got["resultOfHelper"], want)
	}
}

func describe(ch *concurrency.Channel) string {
	var parts []string
	add := func(holds bool, part string, args ...any) {
		if holds {
			parts = append(parts, fmt.Sprintf(part, args...))
		}
	}
	capacity, ok := ch.Capacity()
	add(ok, "cap %d", capacity)
	for kind, name := range []string{"send", "recv", "close"} {
		n := len(ch.Of(concurrency.OpKind(kind)))
		add(n > 0, "%d %s", n, name)
	}
	add(ch.Local, "local")
	add(ch.Visible(), "visible")
	add(ch.UnknownSend, "others send")
	add(ch.UnknownRecv, "others receive")
	add(ch.Closed(), "may be closed")
	add(ch.Signal(), "signal")
	return strings.Join(parts, ", ")
}

// loops are functions with a loop, and whether control leaves it.
var loops = []row{
	{"forever", "func %s() { for { read() } }", "stays"},
	{"returns", "func %s() { for { if cond() { return } } }", "leaves"},
	{"condition", "func %s() { for cond() { read() } }", "leaves"},
	{"fails", "func %s() error { for { if _, err := read(); err != nil { return err } } }", "leaves"},
	{"panics", "func %s() { for { if cond() { panic(0) } } }", "leaves"},
	{"waits", "func %s(a, b chan int) { for { select { case <-a: case <-b: } } }", "stays"},
	{"hears", "func %s(ctx context.Context, a chan int) { for { select { case <-a: case <-ctx.Done(): return } } }", "leaves"},
	{"breaksSelect", "func %s(ctx context.Context, a chan int) { for { select { case <-a: case <-ctx.Done(): break } } }", "stays"},
	{"ticks", "func %s() { for range time.Tick(time.Second) { read() } }", "stays"},
	{"rangesClosed", "func %s() { c := make(chan int); go func() { close(c) }(); for range c { } }", "leaves"},
	{"rangesOpen", "func %s() { c := make(chan int); go func() { c <- 1 }(); for range c { } }", "stays"},
	{"rangesUnknown", "func %s(c chan int) { for range c { } }", "leaves"},
	{"asksWhetherOpen", "func %s(c chan int) { for { if _, ok := <-c; !ok { return } } }", "leaves"},
	{"gotos", "func %s() { again: read(); goto again }", "stays"},
}

func TestEndless(t *testing.T) {
	p := load(t, source(header, loops))
	for _, r := range loops {
		got := "leaves"
		if p.Endless(find(t, p, r.name)) != nil {
			got = "stays"
		}
		if got != r.want {
			t.Errorf("control %s the loop of %s, want %s", got, r.name, r.want)
		}
	}
}

// bodies are what a goroutine does with its channel c, and how often it sends.
var bodies = []row{
	{"once", "c <- 1", "1"},
	{"never", "select { case c <- 1: default: }", "0"},
	{"twice", "c <- 1; c <- 2", "2"},
	{"either", "if cond() { c <- 1 } else { c <- 2 }", "1"},
	{"early", "if cond() { c <- 1; return }; c <- 2", "1"},
	{"fallsOn", "if cond() { c <- 1 }; c <- 2", "2"},
	{"switched", "switch n, _ := read(); n { case 1: c <- 1; case 2: c <- 2; default: c <- 3 }", "1"},
	{"selected", "select { case <-d: c <- 1; case <-e: c <- 2 }", "1"},
	{"sameTest", "if b { c <- 1 }; read(); if !b { c <- 2 }", "1"},
	{"sameTestTwice", "if b { c <- 1 }; read(); if b { c <- 2 }", "2"},
	{"recovers", "defer func() { if r := recover(); r != nil { c <- 0 } }(); read(); c <- 1", "1"},
	{"onlyRecovers", "defer func() { if r := recover(); r != nil { c <- 0 } }(); read()", "1"},
	{"defers", "defer func() { c <- 0 }(); if cond() { return }; c <- 1", "2"},
	{"loops", "for cond() { c <- 1 }", "many"},
	{"leavesLoop", "for { if cond() { c <- 1; return } }", "1"},
	{"flag", "sent := false; for cond() { if !sent { sent = true; c <- 1 } }", "1"},
	{"nilTest", "var last *object; for cond() { if last == nil { last = new(object); c <- 1 } }", "1"},
	{"nilTestAfter", "var failed error; for cond() { if _, err := read(); err != nil && failed == nil { failed = err; c <- 1 } }; if failed == nil { c <- 0 }", "1"},
	{"captured", "sent := false; mark := func() { sent = true }; for cond() { if !sent { mark(); c <- 1 } }", "1"},
	{"list", "for o := first; o != nil; o = next(o) { c <- 1 }", "many"},
	{"counted", "for range 3 { c <- 1 }", "3"},
	{"countedUp", "for i := 1; i <= 4; i++ { c <- i }", "4"},
	{"countedOnce", "for i := range 3 { if i == 1 { c <- i } }", "1"},
	{"nested", "for cond() { for range 2 { c <- 1 } }", "many"},
	{"varying", "for range n { c <- 1 }", "many"},
	{"called", "send := func() { c <- 1 }; send(); if cond() { send() }", "2"},
	{"recursive", "var send func(int); send = func(n int) { c <- n; if n > 0 { send(n - 1) } }; send(3)", "many"},
}

func TestSends(t *testing.T) {
	rows := make([]row, len(bodies))
	for i, b := range bodies {
		rows[i] = row{b.name, "func %s(b bool, n int, d, e chan int, first *object) { c := make(chan int); go func() { " + b.text + " }(); <-c }", ""}
	}
	p := load(t, source(header+"func next(*object) *object\n", rows))
	for _, b := range bodies {
		fn := find(t, p, b.name+"$1")
		var n int
		for _, ch := range p.Channels() {
			if ch.Makes[0].Parent() == fn.Parent() {
				n = p.SendsOf(concurrency.Holder{Fn: fn, Held: p.Held(ch.Makes[0])})
			}
		}
		got := fmt.Sprint(n)
		if n == concurrency.Many {
			got = "many"
		}
		if got != b.want {
			t.Errorf("%s sends %s times, want %s", b.name, got, b.want)
		}
	}
}

// starters start something that may live as long as the process, or should not.
var starters = []row{
	{"Handler", "func %s() { go forever() }", "ends"},
	{"Main", "func %s() { go forever(); ofMain() }", "lives on"},
	{"ofMain", "func %s() { go forever() }", "lives on"},
	{"ofBoth", "func %s() { go forever() }\nfunc Both() { ofBoth() }\nfunc init() { ofBoth() }", "ends"},
	{"Lazy", "func %s() { if current == nil { current = new(object); go forever() } }", "lives on"},
	{"Guarded", "func %s() { if current != nil { return }; current = new(object); go forever() }", "lives on"},
	{"Asks", "func %s() { if current == nil { go forever() } }", "ends"},
	{"Replaces", "func %s() { if current != nil { current = new(object); go forever() } }", "ends"},
	{"Once", "func %s() { first.Do(func() { go forever() }) }", "lives on"},
}

func TestLivesOn(t *testing.T) {
	p := load(t, source(header+"var current *object\nvar first sync.Once\nfunc forever() { for { read() } }\n", starters))
	got := make(map[string]string)
	for _, s := range p.Spawns() {
		name, _, _ := strings.Cut(s.Site.Parent().Name(), "$")
		got[name] = "ends"
		if p.LivesOn(s.Site) {
			got[name] = "lives on"
		}
	}
	for _, r := range starters {
		if got[r.name] != r.want {
			t.Errorf("what %s starts %s, want %s", r.name, got[r.name], r.want)
		}
	}
}
