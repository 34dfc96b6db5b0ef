// Package ctxescape defines an Analyzer that finds contexts that are used after what
// they belong to has ended.
//
// # Analyzer ctxescape
//
// ctxescape: find contexts that live longer than what they belong to
//
// The context of a request ends when its handler returns. Work that goes on under it
// after that is cancelled at some point, sooner or later, depending on what else the
// handler has to do: it works on the machine of the developer and fails under load.
//
//	func accept(w http.ResponseWriter, r *http.Request) {
//		go audit(r.Context(), "accepted") // ends with accept, perhaps before it has begun
//		w.WriteHeader(http.StatusAccepted)
//	}
//
// A handler is a function that a framework for web services, remote calls or jobs runs,
// as far as its parameters, its registration or the generated interface that it
// implements prove it. Contexts that outlive the handler are left alone: those of
// servers and workers, those of commands, that of controller-runtime's Reconcile, which
// is the manager's, and those that hertz, fiber and fasthttp give to handlers, which
// end with the connection or the server.
//
// A context that a function ends itself, by the cancel function that it made with it,
// is the business of cancelleak/early.
//
// The categories are:
//
//   - goroutine: a goroutine that nobody waits for works under the context of a request that ends with the handler.
//   - carrier: a goroutine that nobody waits for uses what a framework reuses or closes when the handler returns, or it is kept.
//   - stored: the context of a request, or the request, is put where it stays after the handler has returned.
//   - object: something that lives on is made under a context that ends when the function returns.
//   - pool: a value goes back to a sync.Pool with what one use has put into it.
//
// Of a go statement that uses both the carrier of a request and its context, the
// carrier is reported: that is a data race, and not only a lost deadline.
//
// # Category goroutine
//
// The handler returns, its context is cancelled, and the query of the goroutine fails
// with "context canceled": the audit entry, the mail or the update of the cache is
// lost, and usually nobody sees the error. How often depends on which of the two is
// faster.
//
// Confidence is high where the context is that of the request, or derived from it, and
// the function that gets it in the goroutine is known to wait under it. It is medium
// where that function is out of sight, where a helper is likely to derive the context,
// and in parts of a handler, which other functions of the package call.
//
// What stays silent: goroutines that the handler may wait for, by a group, a channel or
// something that holds one; those that watch for the end of the context, and so are
// meant to end with the request; handlers that go on for an unknown time after they
// have started the goroutine, as streams and middlewares do; goroutines that only read
// values of the context, or log with it.
//
// Bad:
//
//	func accept(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			go db.ExecContext(r.Context(), "INSERT INTO audit (path) VALUES (?)", r.URL.Path)
//			w.WriteHeader(http.StatusAccepted)
//		}
//	}
//
// Good:
//
//	func accept(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			ctx := context.WithoutCancel(r.Context())
//			go func() {
//				ctx, cancel := context.WithTimeout(ctx, time.Minute)
//				defer cancel()
//				db.ExecContext(ctx, "INSERT INTO audit (path) VALUES (?)", r.URL.Path)
//			}()
//			w.WriteHeader(http.StatusAccepted)
//		}
//	}
//
// Fix: keep the values of the context and drop its end with context.WithoutCancel, and
// give the work a deadline of its own; or wait for it. ctxlint -fix wraps the argument
// of a go statement.
//
// Silence: when the work is of no use to anybody once the request has ended.
//
// References:
//
//   - https://pkg.go.dev/context#WithoutCancel
//   - https://pkg.go.dev/net/http#Request.Context
//
// # Category carrier
//
// gin, echo, fiber, hertz and fasthttp take the value that they have handed to a handler
// back when it returns, and give it to the next request. A goroutine that still uses it
// reads the parameters of somebody else, or writes into their answer, and races with the
// code that resets it. An http.ResponseWriter must not be used then, and the body of a
// request is closed.
//
// Confidence is always high: the goroutine uses the value, and nobody waits for it.
//
// What stays silent: goroutines that the handler may wait for, as for goroutine; copies
// (c.Copy() of gin and hertz); values that are read before the goroutine starts; what is
// kept only until the handler returns, because it takes it back.
//
// Bad:
//
//	func show(c *gin.Context) {
//		go func() {
//			log.Print("seen ", c.Param("id"))
//		}()
//		c.Status(http.StatusNoContent)
//	}
//
// Good:
//
//	func show(c *gin.Context) {
//		id := c.Param("id")
//		go func() {
//			log.Print("seen ", id)
//		}()
//		c.Status(http.StatusNoContent)
//	}
//
// Fix: read what the goroutine needs before it starts, or give it a copy where the
// framework has one, as ctxlint -fix does for gin and hertz if the goroutine does nothing
// but read. Strings that fiber and fasthttp return share the memory of the request: clone
// them.
//
// References:
//
//   - https://gin-gonic.com/en/docs/examples/goroutines-inside-a-middleware/
//   - https://docs.gofiber.io/#zero-allocation
//   - https://pkg.go.dev/net/http#ResponseWriter
//
// # Category stored
//
// What is kept keeps the request alive with all that its values refer to, and it is done
// by the time it is used: a worker that takes the job from the channel works under a
// context that was cancelled when the handler answered.
//
// Confidence is high where the handler itself puts it into a package variable, a field of
// its receiver, or a map, channel or container that is there, and medium in parts of a
// handler, which other functions of the package call.
//
// What stays silent: values that are made for one request; what the handler takes back
// before it returns; a handler that waits after it has stored it; structs that have a
// channel or a function for the answer; functions that are no handlers, since nobody knows
// how long their context lives.
//
// Bad:
//
//	type job struct {
//		ctx context.Context
//		id  string
//	}
//
//	func accept(jobs chan<- job) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			jobs <- job{ctx: r.Context(), id: r.PathValue("id")}
//			w.WriteHeader(http.StatusAccepted)
//		}
//	}
//
// Good:
//
//	type job struct {
//		ctx context.Context
//		id  string
//	}
//
//	func accept(jobs chan<- job) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			select {
//			case jobs <- job{ctx: context.WithoutCancel(r.Context()), id: r.PathValue("id")}:
//				w.WriteHeader(http.StatusAccepted)
//			case <-r.Context().Done():
//			}
//		}
//	}
//
// Fix: keep the values that are needed, or context.WithoutCancel of the context.
//
// References:
//
//   - https://go.dev/blog/context-and-structs
//   - https://pkg.go.dev/context#WithoutCancel
//
// # Category object
//
// A command that is started under a context is killed when that ends; a client that has
// one fetches its tokens with it; a stream or a transaction is over. If it is kept in a
// field, the code that uses it later gets "context canceled", and nothing there says why.
//
// Confidence is always high: the context ends when the function returns, and what is made
// with it is kept.
//
// What stays silent: what the function waits for or takes back; contexts that somebody
// else ends. What is returned, or used after the end in the same function, is reported by
// cancelleak/early.
//
// Bad:
//
//	type tool struct{ cmd *exec.Cmd }
//
//	func (t *tool) start(ctx context.Context) error {
//		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
//		defer cancel()
//		t.cmd = exec.CommandContext(ctx, "serve")
//		return t.cmd.Start()
//	}
//
// Good:
//
//	type tool struct{ cmd *exec.Cmd }
//
//	func (t *tool) start(ctx context.Context) error {
//		t.cmd = exec.CommandContext(context.WithoutCancel(ctx), "serve")
//		return t.cmd.Start()
//	}
//
// Fix: make it under a context that lives as long as it is to live, and bound only the
// wait for its start.
//
// References:
//
//   - https://pkg.go.dev/os/exec#CommandContext
//   - https://pkg.go.dev/golang.org/x/oauth2#Config.Client
//
// # Category pool
//
// A value that goes back to the pool full is full for the next one who gets it: its map or
// slice grows with each use, so that memory does, too, and data of one request is seen by
// another.
//
// Confidence is always high: all that the function does with the value between Get and Put
// is in view, and nothing there clears what it fills.
//
// What stays silent: values that any function out of sight gets, which may clear them; maps
// that are also looked up, which may be caches; slices that are cut to length zero.
//
// Bad:
//
//	var sets = sync.Pool{New: func() any { return make(map[string]bool) }}
//
//	func distinct(names []string) int {
//		set := sets.Get().(map[string]bool)
//		defer sets.Put(set)
//		for _, n := range names {
//			set[n] = true
//		}
//		return len(set)
//	}
//
// Good:
//
//	var sets = sync.Pool{New: func() any { return make(map[string]bool) }}
//
//	func distinct(names []string) int {
//		set := sets.Get().(map[string]bool)
//		defer sets.Put(set)
//		clear(set)
//		for _, n := range names {
//			set[n] = true
//		}
//		return len(set)
//	}
//
// Fix: clear the value before Put, or after Get.
//
// References:
//
//   - https://pkg.go.dev/sync#Pool
package ctxescape

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "ctxescape")
