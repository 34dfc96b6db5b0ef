// Package ctxtimeout defines an Analyzer that finds deadlines that are not what they seem.
//
// # Analyzer ctxtimeout
//
// ctxtimeout: find timeouts in the wrong unit, and deadlines that never come or have passed
//
// A timeout that is wrong is seen when it is needed, and then it is too late. The
// analyzer reads durations and deadlines that are constant, or whose making it sees:
//
//	ctx, cancel := context.WithTimeout(ctx, 5) // five nanoseconds
//	defer cancel()
//	return db.PingContext(ctx)
//
// Values that come from a configuration are not judged, and neither are those of tests:
// a test may want a context that has ended. A function whose name says that it makes such
// a context (expiredContext) is left alone, too.
//
// The categories are:
//
//   - unit: a duration is made from a number without a unit, or multiplied by a second unit.
//   - expired: the deadline of a context has passed when it is made.
//   - inverted: a function gives its context more time than its caller has given it.
//   - stale: a loop derives the context of an iteration from that of the last one.
//   - transport: an HTTP client or server ends a request before the timeout of its context.
//
// # Category unit
//
// A time.Duration is a number of nanoseconds, and the compiler takes any number for one.
// A timeout of 5 ends every call before it has begun; a pause of 100 is none, and the
// loop around it burns a processor. Seconds that are multiplied by time.Second once more
// are over thirty years for each second.
//
// Confidence is high for an integer literal, or a constant that is a plain number, where
// the packages context, time, net and net/http wait for so long; for a number that the
// package multiplies by a unit in another place; and for a product of two durations that
// were measured, parsed or made with a unit. It is medium for functions and fields of
// other packages, where only the name of a number (timeoutSeconds) tells its unit, and for a
// wait of a thousand seconds or more that is no whole number of minutes (5000*time.Second):
// there, milliseconds are likely meant.
// Silent are 0 and 1, what is at least a millisecond, 1e6, parameters of the package's own
// functions, and the product of a unit and a time.Duration that may hold a plain number.
//
// Bad:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 5)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Fix: multiply by the unit that is meant. Only you know which, so -fix does not guess.
//
// References:
//
//   - https://pkg.go.dev/time#Duration
//
// # Category expired
//
// A context whose deadline has passed is done from the start: everything that gets it
// fails at once, if it looks. A deadline in a package variable is right for the first
// seconds of a process, and after that every call fails.
//
// Confidence is high for a constant timeout that is not positive, for a deadline that is
// now or earlier, and for one that is made once when the process starts and used in
// functions that run later. It is low where the call itself says so (a timeout of 0 or less,
// time.Now(), time.Time{}): then a poll of what is there already may be wanted. It is medium for a text of the time that is made when the
// process starts and used in a function with a context or a request.
//
// Bad:
//
//	var deadline = time.Now().Add(5 * time.Second)
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithDeadline(ctx, deadline)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	const limit = 5 * time.Second
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithDeadline(ctx, time.Now().Add(limit))
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Fix: give it a positive timeout, or, where there should be no deadline, do not set one.
//
// References:
//
//   - https://pkg.go.dev/context#WithTimeout
//
// # Category inverted
//
// The inner of two deadlines is there to end one step early enough for the others. If it
// has as much time as the outer one, or more, it never comes: one slow step uses up all
// the time, and whoever tunes the inner timeout changes nothing.
//
// Confidence is high where both are in one function, or all callers of the inner function
// are in view and give it no more time. It is medium where others may call it without a
// deadline. A function that asks its context for its end, or why it has come, is left
// alone.
//
// Bad:
//
//	func check(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
//		defer cancel()
//		return ping(ctx, db)
//	}
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Good:
//
//	func check(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
//		defer cancel()
//		return ping(ctx, db)
//	}
//
//	func ping(ctx context.Context, db *sql.DB) error {
//		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
//		defer cancel()
//		return db.PingContext(ctx)
//	}
//
// Fix: give the outer one more time, or the inner one less, or drop the inner one.
//
// References:
//
//   - https://pkg.go.dev/context#WithTimeout
//
// # Category stale
//
// With = instead of :=, the context of an iteration is the child of the last
// iteration's. The deadline of the first iteration is that of all, and a cancel function
// that is called at the end of an iteration ends all later ones before they begin.
//
// Confidence is high for a variable that gets a deadline in each iteration, or that is
// cancelled in the loop, and for values that are added in a loop without end, or under one
// key for the rest of the iteration. It is medium for fields, and where nothing in the loop
// cancels. A loop that is left after the assignment, one that adds a value under a key of
// its own for each element of a list, and one whose context is used after it, are silent.
//
// Bad:
//
//	func pingAll(ctx context.Context, dbs []*sql.DB) {
//		var cancel context.CancelFunc
//		for _, db := range dbs {
//			ctx, cancel = context.WithTimeout(ctx, time.Second)
//			db.PingContext(ctx)
//			cancel()
//		}
//	}
//
// Good:
//
//	func pingAll(ctx context.Context, dbs []*sql.DB) {
//		for _, db := range dbs {
//			ctx, cancel := context.WithTimeout(ctx, time.Second)
//			db.PingContext(ctx)
//			cancel()
//		}
//	}
//
// Fix: declare the context of the iteration with :=, or give it another name.
//
// References:
//
//   - https://pkg.go.dev/context#WithTimeout
//
// # Category transport
//
// A client with a Timeout ends each request by itself, whatever its context says, and a
// server closes the connection of a handler that has not answered in its WriteTimeout.
// Whoever raised the timeout of the context, for one slow call, changed nothing.
//
// Confidence is always high: both times are constant, and the client, the handler or the
// server are in view.
//
// Bad:
//
//	func report(ctx context.Context, url string) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Minute)
//		defer cancel()
//		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
//		if err != nil {
//			return err
//		}
//		client := &http.Client{Timeout: 10 * time.Second}
//		resp, err := client.Do(req)
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Good:
//
//	func report(ctx context.Context, url string) error {
//		ctx, cancel := context.WithTimeout(ctx, time.Minute)
//		defer cancel()
//		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
//		if err != nil {
//			return err
//		}
//		client := &http.Client{}
//		resp, err := client.Do(req)
//		if err != nil {
//			return err
//		}
//		return resp.Body.Close()
//	}
//
// Fix: leave the time to the context, or give the client or server as much.
//
// References:
//
//   - https://pkg.go.dev/net/http#Client
//   - https://pkg.go.dev/net/http#Server
package ctxtimeout

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "ctxtimeout")
