// Package ctxkey defines an Analyzer that finds keys of contexts that collide, or that nothing sets.
//
// # Analyzer ctxkey
//
// ctxkey: find keys of contexts that collide, and values that are never there
//
// Two keys of a context are the same if their types and their values are. The compiler
// checks nothing of it: whoever reads under a key that nobody sets gets nil, and whoever
// uses a string for a key shares it with all others who do.
//
//	type userKey struct{}
//
//	func WithUser(ctx context.Context, u *User) context.Context {
//		return context.WithValue(ctx, userKey{}, u)
//	}
//
//	func UserOf(ctx context.Context) *User {
//		u, _ := ctx.Value(&userKey{}).(*User) // another key: always nil
//		return u
//	}
//
// That a key has a basic type, as in WithValue(ctx, "user", u), is said by SA1029 of
// staticcheck. The analyzer adds keys that a variable of type any hides, and names the
// other place that uses the same key. Keys of the standard library and of other modules
// are theirs, and nothing is said of them, nor of tests.
//
// Which keys are set is known from the package and those that it imports. The command
// ctxlint sees all packages: it drops a finding about a key that any of them sets, raises
// the confidence of one that none sets, and finds the packages that set the same key.
//
// The categories are:
//
//   - collision: two places set the same key of a basic type, or a variable of type any hides that a key is one.
//   - never-set: a value is read under a key that nothing sets.
//   - unsafe-assert: a value is asserted to be there, and a path without it leads to the assertion.
//   - mutable: a handler puts something into a context that is written later, without a lock.
//
// # Category collision
//
// A middleware that puts its own user, span or logger into the context under "user"
// takes away that of another, for all handlers below it. It is found when both are used
// in one service for the first time, and looks like a bug in one of them.
//
// Confidence is high where the values of the two places have different types, so that one
// of the readers gets nothing, and for a key behind a variable of type any that nobody
// else can see, so that its type can change. It is medium where both set a value of the
// same type, which may be meant, and for other keys behind such a variable.
//
// Bad:
//
//	var userKey any = "user"
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey, name)
//	}
//
// Good:
//
//	type userKey struct{}
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey{}, name)
//	}
//
// Fix: give the key a type of its own. -fix does so for a variable of type any that only
// its package uses.
//
// References:
//
//   - https://pkg.go.dev/context#WithValue
//   - https://staticcheck.dev/docs/checks/#SA1029
//
// # Category never-set
//
// The value is always nil. Behind the form with ok that stays unnoticed: no user is ever
// logged in, no trace ever has a parent, and each test that sets the key that it reads
// passes. Usually the one who sets it uses another key: "user" instead of userKey("user"),
// or a pointer instead of a value.
//
// Confidence is high where a value is set under another key of that type, name or value, and no
// other package can name the key, or it is of an internal package and the command sees that
// no package of the program sets it. It is low where nothing of the kind is set, since
// tests that are not analysed may set it in order to hand something in. It is medium for
// other keys of the module, of which the command sees that only a similar one is set, and for a
// string or number under which nothing is set, while something is under a key with the same value and a type.
// What others can name, only the command reports, where it sees a whole program.
//
// Bad:
//
//	type userKey string
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey("user"), name)
//	}
//
//	func userOf(ctx context.Context) string {
//		name, _ := ctx.Value(userKey("name")).(string)
//		return name
//	}
//
// Good:
//
//	type userKey string
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey("user"), name)
//	}
//
//	func userOf(ctx context.Context) string {
//		name, _ := ctx.Value(userKey("user")).(string)
//		return name
//	}
//
// Fix: set and read under one key, best through two functions in one package.
//
// References:
//
//   - https://pkg.go.dev/context#Context
//
// # Category unsafe-assert
//
// The assertion panics where the middleware that sets the value is missing: in the one
// route that was registered elsewhere, in a job that starts with context.Background(), in
// a test. The panic names two types, and not what was forgotten.
//
// Confidence is high where a context without values is seen to be passed. It is low
// for exported functions and for handlers: who calls them with which context is out of
// view, and mostly there is a middleware, or a generated caller, that always sets the value.
//
// Bad:
//
//	type userKey struct{}
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey{}, name)
//	}
//
//	func userOf(ctx context.Context) string {
//		return ctx.Value(userKey{}).(string)
//	}
//
//	func nightly() string { return userOf(context.Background()) }
//
// Good:
//
//	type userKey struct{}
//
//	func withUser(ctx context.Context, name string) context.Context {
//		return context.WithValue(ctx, userKey{}, name)
//	}
//
//	func userOf(ctx context.Context) (string, bool) {
//		name, ok := ctx.Value(userKey{}).(string)
//		return name, ok
//	}
//
//	func nightly() string {
//		if name, ok := userOf(context.Background()); ok {
//			return name
//		}
//		return "nobody"
//	}
//
// Fix: use the form with ok. Where the value has to be there, panic with a sentence that
// says who has to set it.
//
// References:
//
//   - https://go.dev/ref/spec#Type_assertions
//
// # Category mutable
//
// A context goes to whoever works for the request, at the same time. A map in it that one
// of them writes is a data race, which ends the process.
//
// Confidence is always low: that the readers run at the same time is not proved, and many a
// map is there for one of them to fill.
//
// Bad:
//
//	type tagsKey struct{}
//
//	func tagged(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			tags := map[string]string{}
//			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), tagsKey{}, tags)))
//		})
//	}
//
//	func tag(ctx context.Context, name, value string) {
//		if tags, ok := ctx.Value(tagsKey{}).(map[string]string); ok {
//			tags[name] = value
//		}
//	}
//
// Good:
//
//	type tagsKey struct{}
//
//	func tagged(next http.Handler) http.Handler {
//		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
//			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), tagsKey{}, new(sync.Map))))
//		})
//	}
//
//	func tag(ctx context.Context, name, value string) {
//		if tags, ok := ctx.Value(tagsKey{}).(*sync.Map); ok {
//			tags.Store(name, value)
//		}
//	}
//
// Fix: put a copy into the context, or a type with a mutex.
//
// References:
//
//   - https://pkg.go.dev/context#Context
package ctxkey

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "ctxkey")
