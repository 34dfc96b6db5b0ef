// Package ctxforms says how functions of the standard library and of well-known
// clients, which wait for something and take no context, are called under one. It
// holds the tables, so that no driver needs facts about these libraries.
package ctxforms

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A Form is how to call a function under a context.
type Form struct {
	// Use is what takes its place in the selector, with the context before the other
	// arguments: "QueryContext", "DefaultResolver.LookupHost". It is "" if more has to
	// change.
	Use string
	// Rest has further arguments, after those that the call has: "nil" for BeginTx.
	Rest string
	// Instead names the function to use where Use is "": by its import path, and for a
	// method its type, "net.Dialer.DialContext".
	Instead string
	// When says what the call waits for, and so when it is to be reported.
	When When
}

// Name returns what a reader would look for: Use, or Instead with the name of the
// package alone.
func (f Form) Name() string {
	if f.Use != "" {
		return f.Use
	}
	return f.Instead[strings.LastIndexByte(f.Instead, '/')+1:]
}

// When says what makes a call one that waits.
type When uint8

// The kinds of calls.
const (
	Always  When = iota // the call itself waits
	Dials               // it waits for a connection, perhaps with a time limit of its own
	Bounded             // it waits, and takes its own time limit
	Sent                // it makes a request, which is sent later
	Run                 // it makes a command, which is run later
)

// Of returns the form of fn, a function, a method or a method of an interface.
func Of(fn *types.Func) (Form, bool) {
	if fn == nil || fn.Pkg() == nil {
		return Form{}, false
	}
	f, ok := table[fn.Pkg().Path()][key(fn)]
	return f, ok
}

// key returns "Type.Method", or ".Func".
func key(fn *types.Func) string { return ctxlib.ReceiverName(fn) + "." + fn.Name() }

// Sends reports whether fn sends a request that one of the functions with [Sent] has
// made.
func Sends(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && senders[fn.Pkg().Path()][key(fn)]
}

// Symbol returns the name of fn as options of analyzers have it:
// "example.com/store.Open", "example.com/store.DB.Get".
func Symbol(fn *types.Func) string {
	if fn.Pkg() == nil {
		return fn.Name()
	}
	if k := key(fn); k[0] != '.' {
		return fn.Pkg().Path() + "." + k
	}
	return fn.Pkg().Path() + "." + fn.Name()
}

// Differs reports whether what seems to be the form of fn with a context does something
// else, so that it cannot take its place.
func Differs(fn *types.Func) bool { return different[Symbol(fn)] }

// different are functions whose form with a context refuses one without a deadline.
var different = map[string]bool{
	"github.com/nats-io/nats.go.Conn.Flush": true,
}

// IsClient reports whether functions of a package with the import path, if they have a
// sibling that takes a context, do with it what a client does: they wait for a server.
func IsClient(path string) bool {
	for _, client := range clients {
		if rest, ok := strings.CutPrefix(path, client); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// clients are packages, or directories of packages, that talk to a server.
var clients = []string{
	"github.com/aws/aws-sdk-go/service",
	"github.com/go-git/go-git/v5",
	"github.com/hashicorp/vault/api",
	"github.com/jmoiron/sqlx",
	"github.com/slack-go/slack",
}
