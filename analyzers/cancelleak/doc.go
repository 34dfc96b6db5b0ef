// Package cancelleak defines an Analyzer that finds cancel functions that are lost.
//
// # Analyzer cancelleak
//
// cancelleak: find cancel functions that are lost on some path
//
// A function such as context.WithTimeout returns a context and the function that
// releases it. Until that function is called, the context, its timer and every
// goroutine that waits on it stay alive, at worst as long as the process does.
// The analyzer follows each cancel function through variables, closures, fields,
// parameters and results, across packages, and reports those that provably
// cannot be called any more on some path:
//
//	ctx, cancel := context.WithTimeout(ctx, time.Second)
//	if err := dial(ctx); err != nil {
//		return err // cancel is lost here
//	}
//	cancel()
//
// A cancel function is any result of type context.CancelFunc or
// context.CancelCauseFunc, a func() that a helper returns in its place (with low confidence
// if the helper is of another library and returns no context, where it mostly undoes a
// registration), the stop
// function of signal.NotifyContext, and the Wait of an errgroup that
// errgroup.WithContext made. Whatever is returned, stored where other code can
// reach it, sent, or handed to unknown code is that code's business.
//
// The categories are:
//
//   - discarded: the cancel function is dropped where it is made, never used, or overwritten before it is called.
//   - path: the cancel function is called on some paths, but not before some return, the end of the function, or the next iteration of a loop.
//   - unused-closure: the cancel function is only called in a function literal that nothing runs.
//   - ignored-param: the cancel function is handed to a function that never calls, stores or forwards it.
//   - field: the cancel function is stored in an unexported field or package variable that nothing in the package reads.
//   - loop: defer cancel() in a loop keeps the context of each iteration alive until the function returns.
//   - early: something bound to the context is returned, started or used although the context ends first.
//
// What is found about the result of a function value, or of a method of an interface,
// has no more than medium confidence in any category: its type says that it has to be called, but
// not whether somebody else keeps it, too.
//
// # Category discarded
//
// Nobody can call a cancel function that has no name, so the context lives until
// its deadline or, without one, until its parent ends: in a server, where the
// parent is often that of the process, this means never. A timeout of ten minutes
// in code that runs a hundred times a second keeps 60,000 timers and contexts,
// with all that their values refer to.
//
// Nothing is left of context.WithCancel(context.Background()), which has neither a
// timer nor a parent that lists it, unless somebody waits for it.
//
// Confidence is high where nothing in the function can call what is dropped, and low
// for such a context of a root if nobody is seen to wait for it, and no goroutine gets it:
// whoever keeps it may take it for the root. If only functions in view get it, which keep
// nothing of it, or if nobody does, there is no finding.
// It is medium, too, for a variable that holds an empty function at first, and again
// after each call: whoever assigns it may know that nothing is left to call. It is low
// for the stop function of signal.NotifyContext in main, whose defer would change little.
//
// Bad:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, _ = context.WithTimeout(ctx, 10*time.Minute)
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Fix: name the cancel function and defer it, as ctxlint -fix does where that is
// safe. If the context must outlive the function, return the cancel function with
// whatever uses the context.
//
// Silence: when the context is meant to live as long as the process.
//
// References:
//
//   - https://pkg.go.dev/context#pkg-overview
//   - https://go.dev/doc/database/cancel-operations
//
// # Category path
//
// The path that forgets the cancel function is usually the error path. It does
// little harm while all is well, and leaks a context per request as soon as a
// dependency fails: memory and goroutines grow just when the service is already
// under pressure. The finding lists the exits at fault.
//
// Confidence is high where the path can be taken as far as the conditions along it tell,
// and nothing on it calls the cancel function or hands it on, and medium where only
// calls out of sight get a context that has neither a timer nor a parent. It is low where
// such a context is only kept in fields of an object, and in the function of a command,
// after which the process mostly ends. So it is where
// the command, or package main, shows that the process ends whenever the function is left so. Exits before anybody gets it are
// left out.
//
// Bad:
//
//	func serve(ctx context.Context, dial func(context.Context) (net.Conn, error), use func(context.Context, net.Conn)) error {
//		ctx, cancel := context.WithCancel(ctx)
//		conn, err := dial(ctx)
//		if err != nil {
//			return err // leaves without calling cancel
//		}
//		use(ctx, conn)
//		cancel()
//		return nil
//	}
//
// Good:
//
//	func serve(ctx context.Context, dial func(context.Context) (net.Conn, error), use func(context.Context, net.Conn)) error {
//		ctx, cancel := context.WithCancel(ctx)
//		defer cancel()
//		conn, err := dial(ctx)
//		if err != nil {
//			return err
//		}
//		use(ctx, conn)
//		return nil
//	}
//
// Fix: defer the cancel function right after the line that makes it. It may be
// called more than once, so an early call may stay. Where the success path hands
// it on, call it before each of the other exits.
//
// Silence: when an exit that ctxlint cannot judge ends the process.
//
// References:
//
//   - https://pkg.go.dev/context#WithCancel
//   - https://pkg.go.dev/cmd/vet
//
// # Category unused-closure
//
// The call is there, but in a function literal that nothing calls, defers, starts
// or hands on. In review the context looks released; it leaks on every call.
//
// Confidence is high where the function that makes the cancel function is known, and
// medium for a function value or a method of an interface: the literal is never called,
// stored or passed on.
//
// Bad:
//
//	func fetch(ctx context.Context, client *http.Client, req *http.Request) error {
//		ctx, cancel := context.WithCancel(ctx)
//		cleanup := func() {
//			cancel()
//		}
//		_ = cleanup
//		resp, err := client.Do(req.WithContext(ctx))
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Good:
//
//	func fetch(ctx context.Context, client *http.Client, req *http.Request) error {
//		ctx, cancel := context.WithCancel(ctx)
//		cleanup := func() {
//			cancel()
//		}
//		defer cleanup()
//		resp, err := client.Do(req.WithContext(ctx))
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Fix: defer the function literal, or drop it and defer the cancel function.
//
// References:
//
//   - https://pkg.go.dev/context#WithCancel
//
// # Category ignored-param
//
// A helper that takes the cancel function looks as if it takes care of it. If it
// never calls, keeps or forwards the parameter, every caller leaks, which neither
// the caller nor the helper shows on its own.
//
// Confidence is high where the function that makes the cancel function is known, and
// medium for a function value or a method of an interface: the body of the one that
// ignores it is known, directly or by a fact about its package.
//
// Bad:
//
//	func poll(ctx context.Context, check func(context.Context) error) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Minute)
//		return run(ctx, cancel, check)
//	}
//
//	func run(ctx context.Context, cancel context.CancelFunc, check func(context.Context) error) error {
//		return check(ctx)
//	}
//
// Good:
//
//	func poll(ctx context.Context, check func(context.Context) error) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Minute)
//		return run(ctx, cancel, check)
//	}
//
//	func run(ctx context.Context, cancel context.CancelFunc, check func(context.Context) error) error {
//		defer cancel()
//		return check(ctx)
//	}
//
// Fix: decide who releases the context. Usually that is the caller: defer the
// cancel function there and remove the parameter.
//
// References:
//
//   - https://pkg.go.dev/context#CancelFunc
//
// # Category field
//
// A cancel function that is kept in a field is meant for a Close or Stop. If
// nothing in the package reads the field, that method is missing, or forgets it,
// and no code elsewhere can reach the field: the context and the goroutines that
// wait on it stay after the value is gone. If the field is only called where another
// function takes its place, nothing calls the last one.
//
// Confidence is always low: that nothing calls the function is proved where its maker is
// known, but the value mostly lives as long as the process, or its context ends with
// another that somebody cancels. Little is lost then. Where the context itself is stored
// only where nothing reads it, both can be deleted.
//
// Bad:
//
//	type watcher struct {
//		cancel context.CancelFunc
//		events chan string
//	}
//
//	func watch(ctx context.Context, poll func(context.Context, chan<- string)) *watcher {
//		w := &watcher{events: make(chan string)}
//		ctx, w.cancel = context.WithCancel(ctx)
//		go poll(ctx, w.events)
//		return w
//	}
//
// Good:
//
//	type watcher struct {
//		cancel context.CancelFunc
//		events chan string
//	}
//
//	func watch(ctx context.Context, poll func(context.Context, chan<- string)) *watcher {
//		w := &watcher{events: make(chan string)}
//		ctx, w.cancel = context.WithCancel(ctx)
//		go poll(ctx, w.events)
//		return w
//	}
//
//	// Close ends the polling.
//	func (w *watcher) Close() { w.cancel() }
//
// Fix: call the field in the method that ends the value's life, and make sure
// that callers call that method. If the value lives as long as the context of its
// caller, use that context and drop the field.
//
// References:
//
//   - https://pkg.go.dev/context#CancelFunc
//
// # Category loop
//
// Deferred calls wait for the end of the function, not for that of the iteration.
// A loop over ten thousand items holds ten thousand contexts and timers, and a loop
// that serves until the process ends never releases one.
//
// Confidence is high if nothing bounds the loop: it waits for a channel or a
// condition. It is low if it has an iteration for each element of a list, a map or
// a sequence, or counts up to a variable, because lists are often short. Up to ten
// iterations, and a state that the loop leaves for good, are no finding, and neither is what
// runs once: when a timer fires that is not set again, or while a flag is not set, a variable
// is nil or a channel is not, which it changes.
//
// Bad:
//
//	func notify(ctx context.Context, urls <-chan string, post func(context.Context, string) error) error {
//		for url := range urls {
//			ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
//			defer cancel()
//			if err := post(ctx, url); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// Good:
//
//	func notify(ctx context.Context, urls <-chan string, post func(context.Context, string) error) error {
//		for url := range urls {
//			if err := notifyOne(ctx, url, post); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
//	func notifyOne(ctx context.Context, url string, post func(context.Context, string) error) error {
//		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
//		defer cancel()
//		return post(ctx, url)
//	}
//
// Fix: move the body of the loop into a function of its own, or call the cancel
// function at the end of each iteration and before every way out of it.
//
// Silence: when the loop makes a few iterations at most, as for the peers in a
// configuration.
//
// References:
//
//   - https://go.dev/ref/spec#Defer_statements
//   - https://pkg.go.dev/context#WithTimeout
//
// # Category early
//
// This is the opposite of a leak: rows, a response body, a stream, a client that
// refreshes its token or a goroutine's work are bound to a context that is already
// done. Now and then that fails with "context canceled": whether the data gets through
// first is a race. The context ends where its cancel function is called, under a
// condition or not, where a deferred one runs at the return, and where the Wait of an
// errgroup returns. After that, what is bound to it is returned, by itself or in a
// reader, struct or closure that holds it, read, or used; the context is passed on; or
// the group gets another task. The context of a request, which ends with its handler, is
// the business of ctxescape, and so is what is kept in a field.
//
// Confidence is high where a path leads from the cancel function to the return or the
// use and everything on it is known, what helpers return included, and for a goroutine
// before anything can wait for it. It is medium where only its type says that a
// function ends the context, or that a result is bound to it, where a method of an
// interface gives it, and where an unknown function gets a context that is done. A
// response that is read, handed on or closed on the way, the answer to a HEAD request,
// a value whose field for the context nothing reads, a function that at most reads
// values from its context, and what is left of something that was used up before are no
// finding.
//
// Bad:
//
//	func get(ctx context.Context, client *http.Client, req *http.Request) (io.ReadCloser, error) {
//		ctx, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		resp, err := client.Do(req.WithContext(ctx))
//		if err != nil {
//			return nil, err
//		}
//		return resp.Body, nil
//	}
//
// Good:
//
//	func get(ctx context.Context, client *http.Client, req *http.Request) ([]byte, error) {
//		ctx, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		resp, err := client.Do(req.WithContext(ctx))
//		if err != nil {
//			return nil, err
//		}
//		defer resp.Body.Close()
//		return io.ReadAll(resp.Body)
//	}
//
// Fix: finish the work before the function returns, or return the cancel function
// too and let the caller call it when done. A value whose Close calls the cancel
// function does the same. After the Wait of a group, use the context around it.
//
// References:
//
//   - https://pkg.go.dev/net/http#Request.WithContext
//   - https://pkg.go.dev/database/sql#DB.QueryContext
package cancelleak

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "cancelleak")
