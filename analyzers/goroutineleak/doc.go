// Package goroutineleak defines an Analyzer that finds goroutines that never end.
//
// # Analyzer goroutineleak
//
// goroutineleak: find goroutines that never end
//
// A goroutine that waits for something that can no longer happen, or that loops
// although nobody wants it to, stays as long as the process does, with its stack
// and all that it refers to. The analyzer knows the channels of a package: who
// makes, sends on, receives from and closes them, through variables, fields,
// parameters, results, slices, maps, other channels, and literals that a call runs.
// It reports a goroutine only if everything that could
// end it is in sight, and does not end it:
//
//	results := make(chan int)
//	go func() { results <- work() }() // blocks forever after a timeout
//	select {
//	case n := <-results:
//		return n, nil
//	case <-ctx.Done():
//		return 0, ctx.Err()
//	}
//
// A channel that gets out of sight, through an exported field of a type that others can
// get, an interface or a call of unknown code, is that code's business. What main, init, a
// command of a command line or a sync.Once starts may live as long as the process
// and is not reported. Neither is a loop that ends when a connection fails, or
// when a channel is closed by its owner.
//
// The categories are:
//
//   - unstoppable: a goroutine, or a function for one, loops forever although there is a context at hand, or its type has a Close, Stop or Shutdown.
//   - blocked-send: a goroutine sends on a channel from which nobody receives any more, because the receiver has left by another way, or there is none.
//   - blocked-recv: a goroutine receives from a channel on which nobody sends and which nobody closes, or from a timer that is stopped.
//   - no-done: a function waits without listening to the context at hand, or the tasks of an errgroup listen to another context than the group's.
//   - drain: the channel of a timer is received from after Stop although there may be nothing in it.
//   - ticker: a ticker is stopped while a loop still ranges over its channel, or, before Go 1.23, is not stopped at all.
//   - serve: a server is started in a goroutine and never shut down, although there is a context that says when.
//
// # Category unstoppable
//
// The loop has no return, no break that leaves it and no channel whose closing
// would end it. Every call of the function that starts it adds a goroutine that
// works on for a caller that has gone: it polls, holds connections and keeps all
// that it refers to in memory. Close and Stop return, and the work goes on. A
// case for the end of the context that stays in the loop is no better: then the
// goroutine spins. Where no goroutine is held in such a loop, selectdefault
// reports such a case as done-ignored; the two never report the same loop.
//
// A function with a context that sleeps, does I/O or polls forever is reported at its
// loop where the package does not start it: others will, and nothing that they do
// ends it.
//
// Confidence is always low: the context at hand is often that of a service, which ends
// when the process does, or there is one instance for the whole process, or the
// context is for the making of an object only, whose life the goroutine shares. What is
// started while a package variable is not set is there once for everybody, and is silent.
//
// Bad:
//
//	func refresh(ctx context.Context, interval time.Duration, load func()) {
//		go func() {
//			for {
//				load()
//				time.Sleep(interval)
//			}
//		}()
//	}
//
// Good:
//
//	func refresh(ctx context.Context, interval time.Duration, load func()) {
//		go func() {
//			ticker := time.NewTicker(interval)
//			defer ticker.Stop()
//			for {
//				load()
//				select {
//				case <-ctx.Done():
//					return
//				case <-ticker.C:
//				}
//			}
//		}()
//	}
//
// Fix: select on the context, or on a channel that the closing method closes, in
// each iteration of the loop, and return.
//
// Silence: when the goroutine is meant to live as long as the process.
//
// References:
//
//   - https://go.dev/blog/pipelines
//   - https://go.dev/wiki/CodeReviewComments#goroutine-lifetimes
//
// # Category blocked-send
//
// The function that receives has two ways to go on, and one of them does not
// receive. The goroutine cannot know: its send on a channel without a buffer waits
// for a receiver that will never come. Under load, when timeouts are frequent,
// this leaks a goroutine per timeout, just when the service can afford it least.
//
// The same happens to a producer of many values whose consumer stops early, and
// to several goroutines of which only the first is heard; to a goroutine whose
// starter returns the channel to a caller that gives up; to a function that feeds
// workers which leave when they have failed, or with a new error because of a value; to one that sends on its own channel
// before anybody else has it; to a goroutine that is waited for before anybody
// receives; to one that writes to a pipe whose reader is left unread and open, or stops at an
// error (of a decoder, or of what the text is copied to) while nothing ever closes it; to a
// loop that runs a literal which others have sent to it, and which sends its answer; to what
// writes to the pipe of a command that starts only afterwards; and
// to any send on a channel that nothing makes.
// Producer, consumer, and what starts them may be functions of their own. Of a
// function that another package of the module declares, a fact tells how often
// what it starts sends.
//
// A channel in a field has its ends in different methods. A loop that serves it
// leaves when it is told to stop, when its context is done, or with an error, and
// the other methods of the type go on to send: each call then blocks its caller
// forever. So does a server that sends its answer to a client which waits no longer,
// a send of results that nothing in the package receives, and one on a channel that
// nobody makes. Silent are a loop that somebody begins again, or that receives what is
// left on its way out; a sender that says itself that it is over, or that is waited for
// before the loop is told; one that asks a flag first, under a lock; and a method that
// takes one value for each call. The two ends of a local channel may be in functions of their
// own, too: then the function that makes it starts whoever leaves, with the context that it
// got, and starts or calls whoever is left.
//
// A send under a lock waits forever, too, when whoever receives has to take the same
// lock, of the same value, before it comes to the next receive. The same goes for a
// receive whose sender, or the loop of a goroutine that closes the channel when it is
// over, takes the lock (blocked-recv). Silent are a channel with a buffer, a send in a select with
// another case, two readers of one RWMutex, a lock that is given back before, and one
// that the other side takes only once, outside of a loop, before it comes to the channel.
//
// Sends are counted along the paths of the goroutine: those that exclude each
// other, in branches, in a select or after a recover, count once, those in a loop
// as often as it is known to be repeated, and those behind a flag, a test for nil
// or a time.After in a loop as often as the paths say. The way out that is shown
// is one on which that count is more than what was received and the buffer holds.
// Silent are a process that ends there, a timer that somebody may stop, a sender
// and a receiver that first look at the same variable, a worker that leaves at a
// value which may be the last, a channel of which a loop without a known end may
// fill the buffer before anybody has it, and a channel that goes into an interface
// or to unknown code.
//
// Confidence is high where all of that is in sight. It is medium for a channel in
// a field or a wait under a lock: what leaves may live as long as the process, and the other
// side may not ask for the lock just then; for a pipe whose reader may stop at an error; and for a
// literal that is sent to whoever runs it, and a command whose pipe may have room for all. It is low where the value tells how serving ended, also in an error around it,
// because who leaves then mostly leaves the program, where the command sees that the process
// ends because the receiver has left, and where the
// goroutine takes what it works on from the function that receives: then perhaps
// nothing is asked for that is not waited for. For a channel in a field, it is low
// where the channel has a buffer, which takes several sends to fill; where the loop may
// be begun again, or leaves by a value that it receives; where a flag is asked first;
// where the value is empty, and so perhaps the sign to leave; and where files that are
// not part of this build may have the other end.
// So it is where a local channel has room for more than 16 values and only a loop
// without a known end may send more.
//
// Bad:
//
//	func lookup(ctx context.Context, query func() (string, error)) (string, error) {
//		type answer struct {
//			s   string
//			err error
//		}
//		answers := make(chan answer)
//		go func() {
//			s, err := query()
//			answers <- answer{s, err}
//		}()
//		select {
//		case a := <-answers:
//			return a.s, a.err
//		case <-ctx.Done():
//			return "", ctx.Err()
//		}
//	}
//
// Good:
//
//	func lookup(ctx context.Context, query func() (string, error)) (string, error) {
//		type answer struct {
//			s   string
//			err error
//		}
//		answers := make(chan answer, 1)
//		go func() {
//			s, err := query()
//			answers <- answer{s, err}
//		}()
//		select {
//		case a := <-answers:
//			return a.s, a.err
//		case <-ctx.Done():
//			return "", ctx.Err()
//		}
//	}
//
// Fix: give the channel room for every value that is sent, as ctxlint -fix does
// when there is only one. If the number is not known, make the send a case of a
// select, beside something that signals that the receiver has gone.
//
// Silence: when the process ends on that path.
//
// References:
//
//   - https://go.dev/blog/pipelines
//   - https://songlh.github.io/paper/go-study.pdf
//
// # Category blocked-recv
//
// Nothing in the program can wake this goroutine. Usually a close has been
// forgotten: range over a channel ends when the channel is closed, not when the
// last value has been sent. Or the sender returns early, with an error of which it
// tells nobody, and neither sends nor closes; or nobody ever makes the channel. A timer
// that is stopped is another such channel: Stop does not close it.
//
// A function that receives from its own channel, before anybody else has it, waits
// as long, and so does one that reads a pipe to the end which nothing closes, or which
// whoever writes leaves open on some way out, or that of a command which starts only afterwards.
//
// Confidence is high where every send and close is in sight, and for a timer in a
// variable. It is low where the sender leaves, but the channel is in a field or comes from
// elsewhere, so that something else may answer; for a timer in a field, whose owner may
// stop it only later; for a channel in a field where files that are not part of this build may have the other
// end; where the sender may come back in a loop of its callers; where the receiver asks a
// flag first; and where a function with a context waits for a signal that nobody gives,
// perhaps in order not to return. Silent are a range that may also end at a
// value, a timer that somebody resets, and a local channel that is there only to be
// received from once, which is a way to wait forever.
//
// Bad:
//
//	func each(names []string, work func(string)) {
//		jobs := make(chan string)
//		for range 4 {
//			go func() {
//				for name := range jobs {
//					work(name)
//				}
//			}()
//		}
//		for _, name := range names {
//			jobs <- name
//		}
//	}
//
// Good:
//
//	func each(names []string, work func(string)) {
//		jobs := make(chan string)
//		for range 4 {
//			go func() {
//				for name := range jobs {
//					work(name)
//				}
//			}()
//		}
//		for _, name := range names {
//			jobs <- name
//		}
//		close(jobs)
//	}
//
// Fix: close the channel where the last value has been sent, by the sender.
//
// References:
//
//   - https://go.dev/tour/concurrency/4
//   - https://songlh.github.io/paper/go-study.pdf
//
// # Category no-done
//
// The function has a context and does not listen to it where it waits. Whoever
// cancels the context then waits for the function in vain, during a shutdown
// until the process is killed. A send or receive inside a loop that does listen
// counts, too, when the other side leaves as soon as the context is done: then
// nobody is left, and the loop never gets back to its select. So does a task of
// an errgroup that waits for the context around the group: when another task
// fails, it runs on, and Wait blocks. If the group's context is dropped where it is
// made, all tasks that work under the context around the group do. A send or receive
// outside of a loop is the same mistake if the other side is seen to leave, on that
// context, another signal or an error, without sending, receiving or closing; also in a
// helper without a context all of whose callers have one. So is the Wait for a group one
// of whose goroutines may return with an error before it calls Done.
//
// A function of an object may also wait until others call another one: Next until somebody
// calls Put. Whether and when that happens, the package cannot know, so Next has to end with
// its context, too.
//
// Silent is a wait for somebody who always delivers, or closes the channel on every way
// out; a range over a channel of unknown code, which its owner closes; a signal or a
// slot, which have no value; a wait after the context is done, or after what is waited
// for has been told to end.
//
// Confidence is high where a loop has no way out, where both sides of a channel
// listen to one context, and for groups. It is medium for a send whose receiver listens to another
// context, and where the other side leaves by another signal or with an error. It is low for one
// with a buffer, or that is certain in no other way, and for a wait for code that is out of sight,
// or for its calls, which mostly come. Silent are channels that a call with a context gives, and those of metrics that a
// registry collects.
//
// Bad:
//
//	func consume(ctx context.Context, jobs <-chan string, work func(context.Context, string)) {
//		for {
//			job := <-jobs
//			work(ctx, job)
//		}
//	}
//
// Good:
//
//	func consume(ctx context.Context, jobs <-chan string, work func(context.Context, string)) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case job := <-jobs:
//				work(ctx, job)
//			}
//		}
//	}
//
// Fix: make the operation a case of a select with the context.
//
// References:
//
//   - https://pkg.go.dev/context#Context
//   - https://go.dev/blog/context
//
// # Category drain
//
// Stop returns false when the timer has been stopped or its value has been
// received, and nothing comes after it. Since Go 1.23 it returns true for a timer
// that has fired when nobody has received the value yet, and takes the value
// back, so that there is nothing to drain; before that, a value might be left in
// the channel. Either way, a receive without a default is wrong when the value
// may have been received: it waits forever. A timer of time.AfterFunc has no
// channel at all, and a receive from nil waits forever, too.
//
// Confidence is always low: there is a path on which the value has been received
// before, by the function or its caller, or on which nothing asks whether Stop has
// come too late; or AfterFunc makes the timer wherever it is set. But a flag beside the
// timer often tells whether the value is still to come.
//
// Bad:
//
//	func idle(jobs <-chan func(), limit time.Duration) {
//		timer := time.NewTimer(limit)
//		for {
//			select {
//			case job, ok := <-jobs:
//				if !ok {
//					return
//				}
//				job()
//			case <-timer.C:
//				println("idle")
//			}
//			if !timer.Stop() {
//				<-timer.C
//			}
//			timer.Reset(limit)
//		}
//	}
//
// Good:
//
//	func idle(jobs <-chan func(), limit time.Duration) {
//		timer := time.NewTimer(limit)
//		for {
//			select {
//			case job, ok := <-jobs:
//				if !ok {
//					return
//				}
//				job()
//			case <-timer.C:
//				println("idle")
//			}
//			timer.Reset(limit)
//		}
//	}
//
// Fix: drop the receive. Where versions of Go before 1.23 must be supported, make
// it a select with a default.
//
// References:
//
//   - https://pkg.go.dev/time#Timer.Stop
//   - https://go.dev/wiki/Go123Timer
//
// # Category ticker
//
// Stop does not close the channel of the ticker, so a range over it does not end:
// the goroutine waits forever for the next tick. Tickers are followed through
// variables, fields, lists and maps. In a module that is built as Go
// 1.22 or before, a ticker that nobody stops also goes on ticking, and time.After
// in a loop leaves a timer per iteration; since Go 1.23 the runtime collects
// both.
//
// Confidence is high, but medium for time.After in a loop: the timers are
// collected when they fire.
//
// Bad:
//
//	func beat(send func()) (stop func()) {
//		ticker := time.NewTicker(time.Second)
//		go func() {
//			for range ticker.C {
//				send()
//			}
//		}()
//		return func() { ticker.Stop() }
//	}
//
// Good:
//
//	func beat(send func()) (stop func()) {
//		ticker := time.NewTicker(time.Second)
//		done := make(chan struct{})
//		go func() {
//			defer ticker.Stop()
//			for {
//				select {
//				case <-ticker.C:
//					send()
//				case <-done:
//					return
//				}
//			}
//		}()
//		return func() { close(done) }
//	}
//
// Fix: select on the channel of the ticker and on something that ends the loop,
// and stop the ticker there.
//
// References:
//
//   - https://pkg.go.dev/time#Ticker.Stop
//   - https://go.dev/wiki/Go123Timer
//
// # Category serve
//
// A server in a goroutine of its own accepts connections until it is told not to.
// When the context is done, the function returns and the port stays taken: a
// restart within the process fails, a test sees the server of the previous one,
// and at shutdown requests are cut off in the middle.
//
// Confidence is always low: many a process ends right after the context does, and takes
// its servers with it, so that a shutdown changes little. A server or listener
// that something closes, or that gets out of sight, is silent; so are a server that
// a method gives which keeps it, and one that is started with the process (in package
// main, or in a function such as InitProfiling) by a function that does not wait.
//
// Bad:
//
//	func listen(ctx context.Context, handler http.Handler) {
//		go func() {
//			if err := http.ListenAndServe(":8080", handler); err != nil {
//				println(err.Error())
//			}
//		}()
//		<-ctx.Done()
//	}
//
// Good:
//
//	func listen(ctx context.Context, handler http.Handler) error {
//		server := &http.Server{Addr: ":8080", Handler: handler}
//		go func() {
//			if err := server.ListenAndServe(); err != http.ErrServerClosed {
//				println(err.Error())
//			}
//		}()
//		<-ctx.Done()
//		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
//		defer cancel()
//		return server.Shutdown(ctx)
//	}
//
// Fix: keep the server in a variable, and call Shutdown, or GracefulStop of a gRPC
// server, when the context is done.
//
// Silence: when the server, such as one for profiling, is meant to live as long
// as the process.
//
// References:
//
//   - https://pkg.go.dev/net/http#Server.Shutdown
//   - https://pkg.go.dev/google.golang.org/grpc#Server.GracefulStop
package goroutineleak

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "goroutineleak")
