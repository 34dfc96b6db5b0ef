// Package missingctx defines an Analyzer that finds waits that the end of the context at hand does not reach.
//
// # Analyzer missingctx
//
// missingctx: find work that waits under no context although one is at hand
//
// A function that has a context, and waits for something without it, goes on for as long
// as that takes: the caller has given up, the service is to stop, and the request, the
// query or the sleep between two attempts holds everything up. The analyzer finds calls
// that have a form which takes a context, queries that are not bound to one, sleeps, and
// helpers that do any of that:
//
//	func (s *Store) Names(ctx context.Context) (*sql.Rows, error) {
//		return s.db.Query("SELECT name FROM users") // ctx never arrives
//	}
//
// A context is at hand, and live, where that is so for ctxreset, which speaks of work
// that is given another context; missingctx speaks of work that is given none.
//
// What a function of the standard library or of a well-known client is called under a
// context is in a table. For other libraries it is inferred: FooContext, FooWithContext,
// FooCtx and ContextFoo of the same package or type, if they take a context and then the
// same, can fail, and do something with the context. Loggers are left out. More are
// given by -missingctx.counterparts=pkg.Type.Method=Other, and
// -missingctx.except=pkg.Func,pkg.Type.Method leaves functions out.
//
// Left alone is what ctxreset leaves alone: deferred and cleanup code, what is done
// after the end of the context has been seen, where something that has failed is undone,
// or once for all who ask, tests and packages that support them, and functions that do not name their context. So are
// functions that do nothing with their context but log and trace; a call whose argument
// carries a context, such as an object with a field for it, or a method of what was got
// from a session that has one; a request that gets its
// context before it is sent, or that is sent by code out of view; a command that is
// started and not waited for, or that reads from the terminal; a dial of a socket of the
// same machine, or for datagrams. In the standard library nothing is reported, nor about
// goroutines that the function has started.
//
// One line gets one finding: a loop that nothing ends belongs to goroutineleak, what
// stands in the default of a select to selectdefault, and a helper that makes a context
// of its own to ctxreset, whether they are switched on or not.
//
// Confidence is low, and fixes are not offered, where it is likely and not proved
// that the end of the context would matter: the receiver, or a struct among the parameters,
// keeps the context in a field; the name of the function says that it ends something (flushAll,
// requeue); main calls it once, at the start; or the context may never end, as the one of a
// command line, or of a request in fiber, hertz and fasthttp, of a TLS handshake, or of a
// request that the package reads off a connection, unless somebody gives it an end. A request
// that only goroutines are given is over, and no context at hand. Low is also a command whose
// input is the body of the request at hand, which is over when the client has gone.
//
// The categories are:
//
//   - call: a call waits, or makes the request or command that is then waited for, and has a form that takes a context.
//   - unbound: a query runs on a value that is bound to a context by a method, such as a *gorm.DB, and has not been.
//   - sleep: time.Sleep, or a bare receive from a timer, long enough or often enough to matter.
//   - chain: the function calls a helper of the same module that takes no context and waits under none, itself or through other functions.
//   - wait: a function that watches its context in one wait does not in another, or never looks at it and waits.
//
// # Category call
//
// The deadline of the caller does not reach the server, the database or the child
// process: they work on for nobody, and so does the goroutine that waits for them.
//
// Confidence is high where a table says what the call waits for, or the library is a client
// that it names. It is medium for a TLS handshake. It is low where the form with a context is
// inferred, because many a one takes it for its values; for dials that take a time limit of
// their own, or may have one: net.DialTimeout, a dialer with a Timeout or one that is made
// elsewhere; and for
// statements of a transaction, unless the function begins it without a context: the end of the
// context rolls it back, so that at most one statement goes on. In all categories it is low
// where the name of a function says that it changes something (endpointCreate, Deploy), which
// may have to be finished once it is begun, where the process starts, or settles up at its end, for what a work queue says, and in packages
// among tests, whose path has an element such as test or e2e.
//
// Bad:
//
//	func names(ctx context.Context, db *sql.DB) error {
//		_, err := db.Exec("DELETE FROM users")
//		return err
//	}
//
// Good:
//
//	func names(ctx context.Context, db *sql.DB) error {
//		_, err := db.ExecContext(ctx, "DELETE FROM users")
//		return err
//	}
//
// Fix: call the form that takes a context, where nothing else changes: no fix for
// http.Get, for what is kept or returned, nor where the function has given the context
// a deadline, which may be meant for something else.
//
// References:
//
//   - https://go.dev/doc/database/cancel-operations
//   - https://pkg.go.dev/net/http#NewRequestWithContext
//   - https://pkg.go.dev/os/exec#CommandContext
//
// # Category unbound
//
// A *gorm.DB, a request of resty, a query of gocql, a call of one of Google's generated
// clients and the options of a call of consul take their context by a method. Without it
// they use context.Background.
//
// Confidence is high where the function makes the value, or the package binds what is in
// the same field elsewhere. It is medium for a field or variable that may have been
// bound before, and for types of other libraries that have such a method: WithContext,
// SetContext or Context, which takes a context and gives another value of the type. It is
// low where the context is kept in a field.
//
// Bad:
//
//	func ping(ctx context.Context, client *resty.Client) error {
//		_, err := client.R().Get("https://example.com/")
//		return err
//	}
//
// Good:
//
//	func ping(ctx context.Context, client *resty.Client) error {
//		_, err := client.R().SetContext(ctx).Get("https://example.com/")
//		return err
//	}
//
// Fix: bind the value where it is made or read.
//
// References:
//
//   - https://gorm.io/docs/context.html
//
// # Category sleep
//
// A loop that tries again, or asks until something is ready, keeps on when nobody
// waits for the answer any more; and a shutdown waits for its longest sleep.
//
// Confidence is high for a constant of at least five seconds, and in a loop of at least
// one, or of a tenth of a second if the loop does not end by itself and does nothing with
// a context. It is low for less, for durations that are not known, and where all iterations
// together take less than five seconds. Up to five seconds are silent in a loop that checks
// the context, or is left when a call that has it fails: there only one wait is lost. So is
// everything below a tenth of a second.
//
// A parameter that all callers, if they are in view, give constants is as long as the least of
// them. A wait that doubles with each iteration, by a variable that begins with a constant or by a
// shift (250*time.Millisecond<<i), counts as long as the longest that the loop may come to,
// and all iterations together as long as their sum.
//
// Bad:
//
//	func ready(ctx context.Context, check func(context.Context) bool) error {
//		for !check(ctx) {
//			time.Sleep(5 * time.Second)
//		}
//		return nil
//	}
//
// Good:
//
//	func ready(ctx context.Context, check func(context.Context) bool) error {
//		for !check(ctx) {
//			select {
//			case <-ctx.Done():
//				return ctx.Err()
//			case <-time.After(5 * time.Second):
//			}
//		}
//		return nil
//	}
//
// Fix: make a select of time.Sleep, in a function whose last result is an error and
// that returns zero values for the others elsewhere, too.
//
// References:
//
//   - https://go.dev/blog/pipelines
//
// # Category chain
//
// The function passes nothing on, because its helper takes nothing: the wait is some
// calls below, where no context arrives. Each chain is reported once, at the nearest
// caller that has a context. A type of which at least four methods wait, and none takes a
// context, was designed like that: all chains that end in it are one finding.
//
// Confidence is medium where the last function is sure to wait, as in the other
// categories, at most three functions have to change, and none of them is called like one
// that runs at the start (InitAudit): functions have to be declared otherwise. It is low for
// commands and dials, which many a helper runs for a moment only, for sleeps, unless their loop
// is seen to do I/O, or tries again a function that the helper is given, does not look closer
// at its error, and the caller gives it a literal that works under a context, for requests that change something by their method (POST), in functions that change what a
// database has (Exec), for types that were designed without contexts, and where a function
// of the chain has results of which none tells its caller that the work has failed.
//
// Bad:
//
//	func serve(ctx context.Context, db *sql.DB) error {
//		return clear(db)
//	}
//
//	func clear(db *sql.DB) error {
//		_, err := db.Exec("DELETE FROM sessions")
//		return err
//	}
//
// Good:
//
//	func serve(ctx context.Context, db *sql.DB) error {
//		return clear(ctx, db)
//	}
//
//	func clear(ctx context.Context, db *sql.DB) error {
//		_, err := db.ExecContext(ctx, "DELETE FROM sessions")
//		return err
//	}
//
// Fix: give the helpers a parameter for the context.
//
// References:
//
//   - https://go.dev/blog/context
//
// # Category wait
//
// Whoever listens to the context in one select, and sends, receives or waits without it in
// the same function, has thought of the end once and forgotten it once. Whoever takes a
// context, never looks at it, and waits for what others send when they like, does not keep
// what its signature promises.
//
// Confidence is medium for a context that the function never looks at, and low otherwise: the
// other side mostly is sure to come.
//
// Bad:
//
//	func next(ctx context.Context, ready *sync.Cond, more <-chan int) {
//		select {
//		case <-ctx.Done():
//			return
//		case <-more:
//		}
//		ready.L.Lock()
//		ready.Wait()
//		ready.L.Unlock()
//	}
//
// Good:
//
//	func next(ctx context.Context, ready <-chan struct{}, more <-chan int) {
//		select {
//		case <-ctx.Done():
//			return
//		case <-more:
//		}
//		select {
//		case <-ctx.Done():
//		case <-ready:
//		}
//	}
//
// Fix: make the operation a case of a select with the end of the context; a condition
// becomes a channel.
//
// References:
//
//   - https://go.dev/blog/pipelines
package missingctx

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "missingctx")
