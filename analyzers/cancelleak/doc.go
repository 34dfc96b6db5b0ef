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
// context.CancelCauseFunc, a func() that a helper returns for one, the stop
// function of signal.NotifyContext, and the Wait of an errgroup that
// errgroup.WithContext made. Whatever is returned, stored where other code can
// reach it, sent, or handed to unknown code is that code's business.
//
// The categories are:
//
//   - discarded: the cancel function is dropped where it is made, never used, or overwritten before it is called.
//   - path: the cancel function is called on some paths, but a return, a fall through the end, or the next turn of a loop leaves without it.
//   - unused-closure: the cancel function is only called in a function literal that nothing runs.
//   - ignored-param: the cancel function is handed to a function that never calls, stores or forwards it.
//   - field: the cancel function is stored in an unexported field or package variable that nothing in the package reads.
//   - loop: defer cancel() in a loop keeps every turn's context alive until the function returns.
//   - early: something bound to the context is returned or started although the cancel function runs first.
package cancelleak

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "cancelleak")
