// Package selectdefault defines an Analyzer that finds select statements that lose errors, ignore cancellation or burn a CPU.
//
// # Analyzer selectdefault
//
// selectdefault: find select statements that lose errors, ignore cancellation or burn a CPU
//
// A select statement with a default does not wait: it asks what is ready at this
// moment. That is a race if the answer decides what is lost, and a busy loop if
// nothing else makes the program wait. The analyzer knows the senders and
// receivers of a channel, through variables, fields, parameters and results, and
// reports a statement only if all of them are in sight. A channel that is closed to
// say that something is over, and on which nobody sends, counts like that of a
// context:
//
//	errc := make(chan error, 1)
//	go func() { errc <- work() }()
//	select {
//	case err := <-errc:
//		return err
//	default:
//		return nil // the goroutine may not have sent its error yet
//	}
//
// A poll after something that waits for the senders, such as the Wait of a group,
// is not reported, nor are a poll that is repeated, a try-lock, a semaphore, a
// wake-up call, a channel for the first error, and a default that logs, counts or
// returns what it could not send or receive.
//
// The categories are:
//
//   - error-recv: a poll of a channel of errors goes on as if there were none, although the senders may not have run yet.
//   - error-send: an error, or a result that somebody waits for, is dropped because the receiver does not wait, or the buffer is full, at that very moment.
//   - spin: a loop polls without a pause and burns a CPU.
//   - done-ignored: a case for the end of a context, or for a channel that is closed, stays in the loop, which then spins or never ends.
//   - uncancellable: a context is polled before a wait that could have been a case of the same select.
//   - cause: a function returns no error when its context is done, and a caller takes that for a success.
//
// # Category error-recv
//
// Whether the goroutine has sent its error when the poll is made depends on the
// scheduler. On a developer's machine it usually has, under load it usually has
// not: the function reports success for work that failed or has not even begun,
// and the error goes nowhere.
//
// The same is true when the poll comes after the end of another channel that the
// goroutine closes before it sends its error, in a helper, once for each worker in a
// loop, or beside a case for the end of a context. Structs with an error count, and
// texts of which the case makes an error.
//
// Confidence is high where all senders are goroutines that are started on the way to
// the poll, and on no path of it does anything wait for them. It is medium for a
// channel in a field that is made elsewhere, and for a poll in the loop that starts
// the senders, where the next iteration may find what this one missed. It is low after
// another failure, where the poll only asks whether there is an error that says more.
//
// Bad:
//
//	func store(write func() error) error {
//		errc := make(chan error, 1)
//		go func() { errc <- write() }()
//		select {
//		case err := <-errc:
//			return err
//		default:
//			return nil
//		}
//	}
//
// Good:
//
//	func store(write func() error) error {
//		errc := make(chan error, 1)
//		go func() { errc <- write() }()
//		return <-errc
//	}
//
// Fix: wait for the senders before the poll, or receive without a default.
//
// References:
//
//   - https://go.dev/ref/spec#Select_statements
//   - https://go.dev/ref/mem
//
// # Category error-send
//
// A send with a default on a channel without a buffer succeeds only if the
// receiver is waiting at this very moment. If it is busy with anything else, the
// error is gone. A buffer of one is right when the first error is all that counts,
// and too small when all are collected. A result that is dropped in the same way
// leaves behind who waits for it, and gets no other.
//
// Confidence is high where a receiver is done after one error, the errors are more
// than the buffer holds, or the function that started the sender waits for nothing
// but its result. It is medium where every receiver comes back for the next error at
// once: then an error is dropped only while another is handled; and where whoever starts the
// sender goes on at once to wait for it, or for a timer or an end, after which the default keeps
// the sender from waiting. It is also medium for a
// result where the receiver listens to something else, too, or another may come.
// Silent are events for a receiver in a loop, and values without content, which are
// wake-up calls.
//
// Bad:
//
//	func run(step, other func() error) error {
//		errc := make(chan error)
//		go func() {
//			defer close(errc)
//			if err := step(); err != nil {
//				select {
//				case errc <- err:
//				default:
//				}
//			}
//		}()
//		if err := other(); err != nil {
//			println(err.Error())
//		}
//		return <-errc
//	}
//
// Good:
//
//	func run(step, other func() error) error {
//		errc := make(chan error, 1)
//		go func() {
//			defer close(errc)
//			if err := step(); err != nil {
//				errc <- err
//			}
//		}()
//		if err := other(); err != nil {
//			println(err.Error())
//		}
//		return <-errc
//	}
//
// Fix: give the channel room for the errors that count, and send without a
// default, or log what cannot be sent.
//
// Silence: when the receiver wants to know that something failed, and not each
// error.
//
// References:
//
//   - https://go.dev/ref/spec#Select_statements
//   - https://go.dev/doc/effective_go#channels
//
// # Category spin
//
// The default leads straight back to the poll, so the loop runs as fast as the
// CPU can until a channel is ready. One such loop takes a core; in a container
// with a CPU limit it takes time from the very goroutine that it waits for. A
// condition of the loop that only asks for what others change, such as an atomic, a
// field or a context, is one more poll.
//
// Confidence is always high: everything between two polls is known to be quick,
// and changes nothing. A loop that counts, or has a deadline, is silent, and so is one that
// sends and receives on one channel, as to replace the value in it.
//
// Bad:
//
//	func await(done <-chan struct{}) {
//		for {
//			select {
//			case <-done:
//				return
//			default:
//			}
//		}
//	}
//
// Good:
//
//	func await(done <-chan struct{}) {
//		<-done
//	}
//
// Fix: drop the default, as ctxlint -fix does when it is empty, or wait in it.
//
// References:
//
//   - https://staticcheck.dev/docs/checks#SA5004
//   - https://go.dev/ref/spec#Select_statements
//
// # Category done-ignored
//
// A closed channel is always ready. If the case for it does not leave the loop,
// the select chooses it again at once, and again: what was meant as the end
// becomes a busy loop that never ends. A break in a select leaves the select, not
// the loop. If the loop waits elsewhere, it does not spin, but nothing ends it.
//
// A context that each iteration derives from an outer one is done at once when the
// outer one is. A channel that gives its values and is then closed stays ready, too,
// with zero values.
//
// Where such a loop forever holds a goroutine that a context at hand, or a method
// of its owner, should end, goroutineleak reports it instead, at the go
// statement, in category unstoppable.
//
// Confidence is high where the case leads back to the statement and the channel stays
// the same, and where the loop has no way out at all. It is medium for a derived
// context where it is not known whether the outer one ends.
//
// Bad:
//
//	func consume(ctx context.Context, jobs <-chan func()) {
//		for {
//			select {
//			case <-ctx.Done():
//				break
//			case job := <-jobs:
//				job()
//			}
//		}
//	}
//
// Good:
//
//	func consume(ctx context.Context, jobs <-chan func()) {
//		for {
//			select {
//			case <-ctx.Done():
//				return
//			case job := <-jobs:
//				job()
//			}
//		}
//	}
//
// Fix: return in the case, as ctxlint -fix does where that is the only way, or
// break with a label.
//
// References:
//
//   - https://go.dev/ref/spec#Break_statements
//   - https://pkg.go.dev/context#Context
//
// # Category uncancellable
//
// The context is checked once, and then the goroutine waits without listening to
// it. A receiver that has left because of that same context is the rule, not the
// exception: then the send waits forever. A sleep holds up a shutdown for as long
// as it takes. A receive that gives what a case sends, as in "case out <- <-in", is
// such a wait: the select begins after it.
//
// Confidence is high for a sleep of at least five seconds, for a send whose receivers
// are all seen and may leave, and for a receive or Wait whose other side is seen to wait
// for something itself. It is low where the other side is out of sight, or nothing
// shows that it takes long, for a call in a case, and beside a channel of which neither
// its name nor the receiver shows that it is for an end. A wait right after what lets the others
// go, such as the close of their channel or connection, is silent.
//
// Bad:
//
//	func produce(ctx context.Context, out chan<- int) error {
//		for i := 0; ; i++ {
//			select {
//			case <-ctx.Done():
//				return ctx.Err()
//			default:
//				out <- i
//			}
//		}
//	}
//
// Good:
//
//	func produce(ctx context.Context, out chan<- int) error {
//		for i := 0; ; i++ {
//			select {
//			case <-ctx.Done():
//				return ctx.Err()
//			case out <- i:
//			}
//		}
//	}
//
// Fix: make both cases of one select, as ctxlint -fix does where nothing else
// comes first.
//
// Silence: when the other side is known to wait until this one has ended.
//
// References:
//
//   - https://go.dev/blog/pipelines
//   - https://pkg.go.dev/context#Context
//
// # Category cause
//
// To the caller, nil means that the work is done. Whoever acts on that, marks a
// job as finished or acknowledges a message, loses the work that the cancellation
// cut short.
//
// It is reported only if a caller in view does something that it would not do
// after an error, such as a send, a close, a store or a call for its effect, and
// does not look at a context before.
//
// Confidence is always low: the act is mostly harmless once the context is done.
// Silent are functions whose callers drop, log or hand on the error, so run loops
// and handlers, too; those for which a signal to stop is a success as well; and
// contexts of requests and streams, whose client is gone.
//
// Bad:
//
//	func copyAll(ctx context.Context, in <-chan string, put func(string) error) error {
//		for {
//			select {
//			case <-ctx.Done():
//				return nil
//			case s, ok := <-in:
//				if !ok {
//					return nil
//				}
//				if err := put(s); err != nil {
//					return err
//				}
//			}
//		}
//	}
//
//	func migrate(ctx context.Context, in <-chan string, put func(string) error, finished func()) error {
//		if err := copyAll(ctx, in, put); err != nil {
//			return err
//		}
//		finished()
//		return nil
//	}
//
// Good:
//
//	func copyAll(ctx context.Context, in <-chan string, put func(string) error) error {
//		for {
//			select {
//			case <-ctx.Done():
//				return context.Cause(ctx)
//			case s, ok := <-in:
//				if !ok {
//					return nil
//				}
//				if err := put(s); err != nil {
//					return err
//				}
//			}
//		}
//	}
//
//	func migrate(ctx context.Context, in <-chan string, put func(string) error, finished func()) error {
//		if err := copyAll(ctx, in, put); err != nil {
//			return err
//		}
//		finished()
//		return nil
//	}
//
// Fix: return context.Cause of the context, or its Err.
//
// Silence: when what the caller does is right after a cancellation, too.
//
// References:
//
//   - https://pkg.go.dev/context#Cause
//   - https://pkg.go.dev/context#Context
package selectdefault

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "selectdefault")
