// Package ctxreset defines an Analyzer that finds contexts that are reset in the middle of a call chain.
//
// # Analyzer ctxreset
//
// ctxreset: find work that is cut off from the caller's context
//
// A function that has a context, and passes context.Background() or
// context.TODO() on all the same, cuts everything below it off: the caller's
// deadline and cancellation do not arrive, and neither do its trace and its
// credentials. The analyzer follows each fresh context through variables,
// derivations, helpers and packages to the work that gets it, and reports it
// where a live context was at hand:
//
//	func (s *Server) Get(ctx context.Context, id string) (*Item, error) {
//		return s.store.load(id)
//	}
//
//	func (s *store) load(id string) (*Item, error) {
//		return s.db.Get(context.Background(), id) // Get's ctx never arrives
//	}
//
// A context is at hand in a parameter; in a carrier such as *http.Request,
// *gin.Context, echo.Context, *cobra.Command, a gRPC stream, or any type with a
// method Context() context.Context; in the function around a literal; and in a
// field that only callers' contexts are stored in, of the receiver, of a struct that it
// embeds, or of a struct among the parameters, such as options or a job. Further carriers are given by -ctxreset.carriers=pkg.Type=expression, where x in the
// expression stands for the carrier: example.com/web.Ctx=x.Std().
//
// A context that never ends, and has no values, is not at hand: a parameter to which all
// callers, if they are in view, pass a root, or a context that they derive with WithCancel
// from one and cancel at their own end; a field or variable that holds nothing
// else, also one whose context is only cancelled where the process exits; and the context of a command that the program starts with Execute() or
// Run(os.Args), or with a root. The confidence is low where a context never ends but
// has values, which somebody may want, and where the package does not see how its
// commands are started, or where the context is of a type that its package also makes
// out of no other. The command ctxlint sees all packages: it drops the finding,
// or raises its confidence, depending on how those programs start their commands that
// have the package in them; and it drops it where all callers pass roots, or contexts that
// they hold until the call has returned, also those that call through an interface. Where other modules may call the function, it lowers the
// confidence instead. What tests pass does not count.
//
// Work that is meant to be detached is left alone: after the end of the context
// has been seen, after the connection of the request has been taken over (by Hijack
// or an upgrade to WebSocket), in deferred and cleanup code, where something that has
// failed is undone or reported, where a nil context is replaced, in tests, and where
// a fresh context is stored as the lifetime of an object or, in a package variable
// beside its cancel function, of the process. So is anything derived with
// context.WithoutCancel. A context whose origin is not known is never taken for a
// reset. Neither is one that is given to a function which does nothing with it, or at
// most logs and reads values: a root has none, and what the trace and the log lines
// lose is no reason to change the code. A function whose body does nothing with its
// context but end something, with a Shutdown, a Close or a Flush, is cleanup, too. In a
// literal that takes nothing and is returned, for the caller to end what it got, a name
// that begins like that (ShutDownExporter) is enough. A receive from a context that its
// function has made for that, and whose cancel function it defers, waits for a signal
// and not for work.
//
// Nor is one reported that goes to a method of the very object whose context would be passed,
// as in conn.OpenStream(context.Background()) for conn.Context(): the connection ends it
// when it ends itself.
//
// Confidence is low where it is likely, and not proved, that the end of the
// context would have mattered: all implementations of the interface in view, or all
// functions that are converted to the type of the called one, ignore
// their context (where no other package can hand in another one, that is proof, and
// nothing is reported; so it is for the functions that a field, a parameter or a variable holds), or the callee is called like a logger (LogIf, logEvent) and its
// body does more than log. Where no body is in view, the name of a logger counts. A call
// that passes a context of the caller as well is left alone. It is medium where the
// context at hand is one that the receiver, or a struct among the parameters, keeps in a
// field: that of whoever made the object, who may be done when the function is called. It
// is low for the contexts of requests in fiber, hertz and fasthttp, which never end unless
// a middleware or an option gives them an end.
//
// The context that a finding tells to pass is the nearest: the last one, in the
// innermost scope, that derives from the caller's, such as that of an errgroup, unless
// it has been cancelled on the way. Where the parameter itself holds one that has been
// cancelled, there is nothing to pass, and nothing is reported. So it is in a function
// that the package also calls where it has seen the context end, to record how the work
// came out for one: under that context it could not.
//
// Names hint that work is for the end of something. Where that of the function with
// the context (requeue, flushAll), of a helper or of a callee (Drain, Nack) does,
// confidence is low. The names of the fresh context and of its timeout are about
// nothing else: one that is called shutdownCtx, or bounded by drainTimeout, is left
// alone. In a doc comment, such words make a note of the finding.
//
// context.TODO says of itself that a context is missing; context.Background may be meant.
// And where all that gets it, or a function on the way there, is called like what changes
// something (Update, Save, Deploy), somebody may want that to be finished once it is begun. Confidence is medium
// where one of that is so, and low for both.
// It is low for what a work queue says as well, whichever the root: a queue that is shut
// down still hands out what it holds, to workers whose context has ended. A queue is what
// has the methods Get, Done and ShutDown of k8s.io/client-go. And it is low for a copy of
// a request that no call could send or answer, as where a router matches it.
//
// Confidence is low in packages among tests, whose path has an element such as test or
// e2e: what they start ends with the test. It is
// low, too, for chains that begin where the process starts: in
// functions that main alone calls, once, in literals of main that are given nothing but a
// context, and with helpers that are called InitAudit or LoadSettings. So it is for what a timer sets off again and again, such as the
// exchange among replicas, if the fresh context has a deadline of its own.
//
// What the call makes may live on: a client or a watch that is kept in a field, a map or
// a channel, a process that is started and not waited for, what a constructor that is
// given a function does with it later. Its context is that of its life, and left alone.
// An object that the function itself closes, or receives from, is work like any other.
// So is one that stays in the function which waits for it: a backoff that only its loop
// asks, a channel that only its range receives from. Where the bodies of its methods are in
// another package, confidence is low.
//
// Work for all who ask is left alone, too: under a sync.Once, in a function that
// singleflight or the like calls, and where a package variable, a field or a map of an
// object is filled because it was found empty (if s.token == "" { … s.token = … }).
// Under the context of the first who asks it would fail for all when that one gives up.
//
// A method that implements an interface of the standard library or of another module
// (Less, Size, Commit of a driver.Tx) cannot take a context, so no chain begins with it,
// unless its type has a method that does the same with one: ExecContext beside Exec.
// Confidence is low for one that implements an interface of another package of the
// module: all implementations would have to take one.
// None ever begins with Lock or Unlock.
//
// A directive with a reason says what the code does not show:
//
//	//ctxlint:detached the order is kept whoever waits
//	_, err := db.ExecContext(context.Background(), insert, order)
//
// At the end of a line or above a statement it covers that statement, and in a
// doc comment the whole declaration: ctxreset reports nothing there. In a helper
// that takes no context and makes one, it speaks for all callers. A comment that
// gives such a reason in other words silences nothing; it turns the finding into
// a note.
//
// The categories are:
//
//   - direct: a call gets a fresh context although the function has one.
//   - handler: the same in a handler or middleware of HTTP, gin, echo, fiber, hertz or gRPC streams.
//   - chain: the function calls a helper of the same module that takes no context and gives a fresh one to its work, itself or through other functions.
//   - unused: a context with a new deadline or value is made and dropped while its parent is passed on.
//   - goroutine: a goroutine that the function waits for, or that goes on with its request, gets a fresh context, or another one loses the values of its caller's.
//   - blank: the context parameter is _ and the function gives a fresh context to its work.
//
// # Category direct
//
// The caller gave up a second ago; the query goes on for as long as the database
// likes, and holds a connection of the pool. Under load that is how a service
// that slows down comes to a stop: nothing that it has begun ever ends early.
// Traces break at the same place, because the span travels in the context.
//
// Confidence is high where the context at hand is live, the other one comes
// from context.TODO, and the body of the work does something with it. It is medium for
// context.Background, which somebody may have meant, if a library gets it, and low if only
// functions of the module do, whose authors know what they do with it. It is medium for work that changes stored data,
// and where the context at hand is that of the receiver. It is low where
// context.Background goes to what changes stored data, and where the end of the context likely matters:
// every implementation in view ignores it, the callee is called like a logger and
// its body does more than log, a client of controller-runtime reads, mostly from its cache, or
// the work is done by methods of the object that keeps the context at hand in a field, which
// look at that field anyway.
//
// Bad:
//
//	func archive(ctx context.Context, db *sql.DB, id string) error {
//		if err := db.PingContext(ctx); err != nil {
//			return err
//		}
//		_, err := db.ExecContext(context.Background(), "update orders set archived = true where id = $1", id)
//		return err
//	}
//
// Good:
//
//	func archive(ctx context.Context, db *sql.DB, id string) error {
//		if err := db.PingContext(ctx); err != nil {
//			return err
//		}
//		_, err := db.ExecContext(ctx, "update orders set archived = true where id = $1", id)
//		return err
//	}
//
// Contexts that the branches of a statement make for the same work are one finding,
// with the other places as related information.
//
// Fix: pass the context that is at hand. If the work has to go on when the caller
// has given up, derive it with context.WithoutCancel, which keeps the values, and
// give it a deadline of its own. Where the fresh context already has such a deadline,
// -fix leaves the choice to you.
//
// Silence: //ctxlint:detached and the reason, above the statement that makes the
// fresh context.
//
// References:
//
//   - https://pkg.go.dev/context#pkg-overview
//   - https://go.dev/blog/context
//
// # Category handler
//
// A client that disconnects, or a proxy that times out, ends the context of the
// request. Work under a fresh one is done for nobody, and the identity and the
// trace that middleware has put into the request are missing from it.
//
// Confidence is high where the same is proved as for direct, with the context
// of a request. It is medium, or low, where that of direct is.
//
// Bad:
//
//	func show(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			ctx, cancel := context.WithTimeout(context.Background(), time.Second)
//			defer cancel()
//			if err := db.PingContext(ctx); err != nil {
//				http.Error(w, err.Error(), http.StatusServiceUnavailable)
//			}
//		}
//	}
//
// Good:
//
//	func show(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			ctx, cancel := context.WithTimeout(r.Context(), time.Second)
//			defer cancel()
//			if err := db.PingContext(ctx); err != nil {
//				http.Error(w, err.Error(), http.StatusServiceUnavailable)
//			}
//		}
//	}
//
// Fix: start from the context of the request; the message names the expression
// for the framework in use.
//
// References:
//
//   - https://pkg.go.dev/net/http#Request.Context
//
// # Category chain
//
// The handler looks right, and so does the query; the context is lost in a helper
// between them whose signature has no room for one. No function shows it on its
// own. The finding shows every call from the function that has the context down
// to the one that makes its own: the message names the ends of the chain, and
// each step is related information. Each root is reported once, however many calls
// lead to it: at the call that is nearest to the root. The command ctxlint does so
// for all packages of a run, other drivers for each package. A type of which at least four
// methods make their contexts, and hardly any takes one, was designed like that: all
// chains that end in it are one finding.
//
// A helper may make its context only if a parameter is, or is not, a certain constant,
// nil, or a list without elements. A caller that passes a constant with which it does not
// (check(quick) where check returns at once if it is quick) has no chain with it.
//
// Confidence is medium where every call of the chain is known, down to a context.TODO,
// and the work does something with its context: functions have to be declared otherwise. It is
// low for context.Background, which somebody may have meant, for work that changes stored data,
// for types that were designed without contexts, where the end of the context likely matters,
// as for direct, where the context at hand is kept in a field, where a function of the
// chain has results of which none tells its caller that the work has failed, so that what is
// cut short would read like nothing, and where one is in a generated file.
//
// Bad:
//
//	type store struct{ db *sql.DB }
//
//	func (s *store) mark(id string) error {
//		_, err := s.db.ExecContext(context.Background(), "update orders set open = false where id = $1", id)
//		return err
//	}
//
//	func (s *store) settle(id string) error { return s.mark(id) }
//
//	func pay(ctx context.Context, s *store, id string) error {
//		if err := s.db.PingContext(ctx); err != nil {
//			return err
//		}
//		return s.settle(id)
//	}
//
// Good:
//
//	type store struct{ db *sql.DB }
//
//	func (s *store) mark(ctx context.Context, id string) error {
//		_, err := s.db.ExecContext(ctx, "update orders set open = false where id = $1", id)
//		return err
//	}
//
//	func (s *store) settle(ctx context.Context, id string) error { return s.mark(ctx, id) }
//
//	func pay(ctx context.Context, s *store, id string) error {
//		if err := s.db.PingContext(ctx); err != nil {
//			return err
//		}
//		return s.settle(ctx, id)
//	}
//
// Fix: give each function of the chain a context as its first parameter, from the
// bottom up. Where the helper only wraps one that takes a context, call that.
//
// Silence: //ctxlint:detached and the reason in the helper, beside the fresh
// context or in the helper's doc comment, ends the chain for all of its callers; at
// a call it ends the chains through that call. So does any other comment that
// silences ctxreset. At a call that would be reported it speaks for that call only.
//
// References:
//
//   - https://pkg.go.dev/context#pkg-overview
//   - https://go.dev/issue/16742
//
// # Category unused
//
// The timeout is there in the code and passes review, but the call gets the
// parent and has none. The same happens to the result of WithContext, which is a
// copy of the request and changes nothing in the one it is called on.
//
// Confidence is always high: no use of the new context is left, and its parent
// is used instead.
//
// Bad:
//
//	func quick(ctx context.Context, db *sql.DB) error {
//		_, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	func quick(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Second)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Fix: pass the new context on, or remove the call that makes it.
//
// References:
//
//   - https://pkg.go.dev/context#WithTimeout
//   - https://pkg.go.dev/net/http#Request.WithContext
//
// # Category goroutine
//
// Work that is to outlive its request cannot take the context of the request, and
// so people reach for context.Background(). That loses more than the
// cancellation: the trace ends, the tenant is unknown, the log lines have no
// request id. Since Go 1.21 context.WithoutCancel keeps the values and drops the
// rest. A goroutine that the function waits for needs neither.
//
// Confidence is high where the function waits for the goroutine, after its start and by
// a group or channel that the goroutine has, or the goroutine goes on with the request. It is low where it goes its own way:
// that loses the values, and is mostly meant. It is low, too, where a step is likely and not proved. A goroutine that goes
// from one event to the next, or clears up after a failure, is silent.
//
// Bad:
//
//	func both(ctx context.Context, a, b *sql.DB) {
//		var wg sync.WaitGroup
//		for _, db := range []*sql.DB{a, b} {
//			wg.Go(func() { db.PingContext(ctx) })
//		}
//		wg.Add(1)
//		go func() {
//			defer wg.Done()
//			a.PingContext(context.Background())
//		}()
//		wg.Wait()
//	}
//
// Good:
//
//	func both(ctx context.Context, a, b *sql.DB) {
//		var wg sync.WaitGroup
//		for _, db := range []*sql.DB{a, b} {
//			wg.Go(func() { db.PingContext(ctx) })
//		}
//		wg.Add(1)
//		go func() {
//			defer wg.Done()
//			a.PingContext(ctx)
//		}()
//		wg.Wait()
//	}
//
// Fix: pass the context if the function waits for the goroutine, and
// context.WithoutCancel of it with a timeout if the work is to go on by itself.
//
// Silence: for work that has nothing to do with the caller, //ctxlint:detached and
// the reason, above the go statement or where it makes the context.
//
// References:
//
//   - https://pkg.go.dev/context#WithoutCancel
//   - https://go.dev/issue/40221
//
// # Category blank
//
// An underscore says that the function does without its caller's context, often
// to satisfy an interface. When the body then makes a context for its work, the
// one that was there for the taking is lost.
//
// Confidence is always low: an underscore mostly means that the work is not the
// caller's.
//
// Bad:
//
//	type checker struct{ db *sql.DB }
//
//	func (c *checker) Check(_ context.Context) error {
//		return c.db.PingContext(context.Background())
//	}
//
// Good:
//
//	type checker struct{ db *sql.DB }
//
//	func (c *checker) Check(ctx context.Context) error {
//		return c.db.PingContext(ctx)
//	}
//
// Fix: name the parameter and pass it.
//
// References:
//
//   - https://pkg.go.dev/context#pkg-overview
package ctxreset

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "ctxreset")
