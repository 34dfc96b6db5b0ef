// Package ctxerr defines an Analyzer that finds errors of contexts that are taken for something else.
//
// # Analyzer ctxerr
//
// ctxerr: find errors of contexts that are compared, retried or lost
//
// When a context ends, whatever was given it fails, usually with an error that has
// context.Canceled or context.DeadlineExceeded in it. The analyzer finds code that does
// not recognise such an error, or does not tell why the context has ended:
//
//	err := db.PingContext(ctx)
//	if err == context.DeadlineExceeded { // the driver wraps it: never equal
//		return errSlow
//	}
//
// Where an error comes from is followed through variables, results and parameters of the
// functions of the package. The error of a context itself, of its Err and of
// context.Cause, may be compared, and so may an error that has no other in it, and what
// a method Is is given. Nothing is said of errors in fields, of those that have been
// unwrapped, and of tests.
//
// The categories are:
//
//   - compare: an error that a call returned is compared by ==, != or switch with that of a context, or with another that it never is.
//   - text: the text of an error is searched for that of a context's error.
//   - cause-lost: a context is cancelled with a cause, but what is told of its end is its Err.
//   - retry: a loop tries a call again whose context has ended, so that it can only fail.
//   - shadowed: a context with a deadline is declared in a block, and the work after the block gets the outer one.
//   - status: a handler counts a request that its client has cancelled as an error.
//
// # Category compare
//
// Clients and drivers wrap: the error of http.Client is a *url.Error that has the
// context's error in it, and so it is with most that went through fmt.Errorf. The
// comparison is false, and a request that was cancelled is logged as a failure, counted
// and retried. It often worked when it was written, until somebody wrapped the error on
// the way.
//
// So it is with the errors of other packages: if a function gives its errors only inside of
// new ones, in each of its returns, a comparison with what is inside is never true. What a
// function of another package returns, a fact tells; some of the standard library are known
// (os.Open, strconv.Atoi). Silent is an error that may come from anywhere else, such as a
// parameter, a call through an interface, a function of a file that is for some builds only, or
// one with one return that gives an error
// as it is.
//
// Confidence is high where the error has another in it for sure: the call is one of gRPC,
// or its body in view wraps, or all that the error may come from does. It is low where the error comes from a call out of view, from
// a channel or from callers, and where a caller gives the error of a context as it is:
// many such calls return that error bare.
//
// Bad:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		err := db.PingContext(ctx)
//		if err == context.Canceled {
//			return nil
//		}
//		return err
//	}
//
// Good:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		err := db.PingContext(ctx)
//		if errors.Is(err, context.Canceled) {
//			return nil
//		}
//		return err
//	}
//
// Fix: ask errors.Is. In a switch on the error, make a condition of each case. The error
// of a gRPC call has no error of a context in it: ask status.Code for codes.Canceled.
//
// References:
//
//   - https://pkg.go.dev/errors#Is
//   - https://go.dev/blog/go1.13-errors
//
// # Category text
//
// A text is no interface: other packages change theirs, translate it or put a name into
// it, and an error of something else may quote it. errors.Is says the same and is never
// wrong where the chain of errors is kept.
//
// Confidence is high where it is known that errors.Is sees the error of the context. It
// is medium where the error comes from code out of view. A function that also asks
// errors.Is is left alone: it knows of errors that have only the text.
//
// Bad:
//
//	func fetch(ctx context.Context, req *http.Request) error {
//		resp, err := http.DefaultClient.Do(req.WithContext(ctx))
//		if err != nil {
//			if strings.Contains(err.Error(), "context deadline exceeded") {
//				return nil
//			}
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Good:
//
//	func fetch(ctx context.Context, req *http.Request) error {
//		resp, err := http.DefaultClient.Do(req.WithContext(ctx))
//		if err != nil {
//			if errors.Is(err, context.DeadlineExceeded) {
//				return nil
//			}
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Fix: ask errors.Is; -fix does so where the search is a condition of its own.
//
// References:
//
//   - https://pkg.go.dev/errors#Is
//
// # Category cause-lost
//
// Whoever gives a cause wants to read it: "the lease was lost" instead of "context
// canceled". The method Err never returns it, and if nothing in the package calls
// context.Cause, nor anything that is given the context, it was given for nothing.
//
// Confidence is high where the error goes into a log or a text. It is medium where it is
// returned, because callers may ask whether it is context.Canceled, which a cause is not.
//
// Bad:
//
//	var errLost = errors.New("the lease was lost")
//
//	func hold(ctx context.Context, lost <-chan struct{}) {
//		ctx, cancel := context.WithCancelCause(ctx)
//		defer cancel(nil)
//		go func() {
//			select {
//			case <-lost:
//				cancel(errLost)
//			case <-ctx.Done():
//			}
//		}()
//		<-ctx.Done()
//		log.Printf("released: %v", ctx.Err())
//	}
//
// Good:
//
//	var errLost = errors.New("the lease was lost")
//
//	func hold(ctx context.Context, lost <-chan struct{}) {
//		ctx, cancel := context.WithCancelCause(ctx)
//		defer cancel(nil)
//		go func() {
//			select {
//			case <-lost:
//				cancel(errLost)
//			case <-ctx.Done():
//			}
//		}()
//		<-ctx.Done()
//		log.Printf("released: %v", context.Cause(ctx))
//	}
//
// Fix: ask context.Cause, which returns the same as Err where no cause was given.
//
// References:
//
//   - https://pkg.go.dev/context#Cause
//
// # Category retry
//
// A call whose context has ended fails at once, and so does each further attempt. With a
// pause between them, a request that nobody waits for any more keeps its goroutine and
// its memory for the whole of the schedule; at shutdown, the process waits for it.
//
// Confidence is high where the loop makes the same call again, with a context from
// outside that can end, after a pause or without end, and neither asks a context, nor
// gives one to another call, nor looks closer at the error, and what is called is not seen to
// return no error when its context has ended. It is low where the number
// of attempts is constant, where they are few and without a pause, and where it is not
// known whether the context ends.
//
// Bad:
//
//	func connect(ctx context.Context, db *sql.DB) error {
//		var err error
//		for range 10 {
//			if err = db.PingContext(ctx); err == nil {
//				return nil
//			}
//			time.Sleep(time.Second)
//		}
//		return err
//	}
//
// Good:
//
//	func connect(ctx context.Context, db *sql.DB) error {
//		var err error
//		for range 10 {
//			if err = db.PingContext(ctx); err == nil {
//				return nil
//			}
//			select {
//			case <-ctx.Done():
//				return ctx.Err()
//			case <-time.After(time.Second):
//			}
//		}
//		return err
//	}
//
// Fix: wait in a select with the end of the context, or leave the loop when the
// context's Err is not nil.
//
// References:
//
//   - https://pkg.go.dev/context#Context
//
// # Category shadowed
//
// The two characters := make a second variable. The deadline is on that one, which lives
// to the end of the block, and the call after the block runs without.
//
// Confidence is always high: the block only logs the inner context, defers its cancel
// function to the end of the function, and the outer one goes to work after the block. A
// context that nothing gets at all is reported by ctxreset/unused.
//
// Bad:
//
//	func load(ctx context.Context, db *sql.DB, limit time.Duration) error {
//		if limit > 0 {
//			ctx, cancel := context.WithTimeout(ctx, limit)
//			defer cancel()
//			slog.DebugContext(ctx, "limited", "limit", limit)
//		}
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	func load(ctx context.Context, db *sql.DB, limit time.Duration) error {
//		if limit > 0 {
//			var cancel context.CancelFunc
//			ctx, cancel = context.WithTimeout(ctx, limit)
//			defer cancel()
//			slog.DebugContext(ctx, "limited", "limit", limit)
//		}
//		return db.PingContext(ctx)
//	}
//
// Fix: declare the cancel function, and assign both with =.
//
// References:
//
//   - https://go.dev/ref/spec#Short_variable_declarations
//
// # Category status
//
// A client that closes its connection ends the context of its request, and what the
// handler was waiting for fails. That is no error of the service; an alert that counts it
// as one rings when users are impatient.
//
// Confidence is always medium: it is for the service to say what counts as an error. That
// such an error is answered with a status of 500, which nobody reads, is not reported.
//
// Bad:
//
//	var loadErrors = expvar.NewInt("load_errors")
//
//	func show(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			if err := db.PingContext(r.Context()); err != nil {
//				loadErrors.Add(1)
//				http.Error(w, err.Error(), http.StatusInternalServerError)
//			}
//		}
//	}
//
// Good:
//
//	var loadErrors = expvar.NewInt("load_errors")
//
//	func show(db *sql.DB) http.HandlerFunc {
//		return func(w http.ResponseWriter, r *http.Request) {
//			if err := db.PingContext(r.Context()); err != nil {
//				if !errors.Is(err, context.Canceled) {
//					loadErrors.Add(1)
//				}
//				http.Error(w, err.Error(), http.StatusInternalServerError)
//			}
//		}
//	}
//
// Fix: count errors only that are not the end of the request's context.
//
// References:
//
//   - https://pkg.go.dev/net/http#Request.Context
package ctxerr

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "ctxerr")
