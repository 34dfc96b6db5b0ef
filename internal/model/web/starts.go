package web

import (
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// A starter is a type with methods that run the command line of a program, or give
// a context to one of its commands.
type starter struct {
	library string // import path
	typ     string
	methods string // separated by spaces
}

const (
	cobra = "github.com/spf13/cobra"
	cliV2 = "github.com/urfave/cli/v2"
	cliV3 = "github.com/urfave/cli/v3"
)

var starters = []starter{
	{cobra, "Command", "Execute ExecuteC ExecuteContext ExecuteContextC SetContext"},
	{cliV2, "App", "Run RunContext RunAndExitOnError"},
	{cliV3, "Command", "Run"},
}

// Starts returns the library of the commands that fn, a method of a library, starts
// or gives a context: the one that it is given, or else a root.
func Starts(fn *types.Func) (library string, ok bool) {
	if fn == nil || fn.Pkg() == nil {
		return "", false
	}
	for _, s := range starters {
		if s.library == fn.Pkg().Path() && s.typ == receiver(fn) && lists(s.methods, fn.Name()) {
			return s.library, true
		}
	}
	return "", false
}

// CommandOf returns the library whose command carries the context of a value of type
// t: it is a command, or embeds one.
func CommandOf(t types.Type) (library string, ok bool) {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Context")
	if obj == nil || obj.Pkg() == nil {
		return "", false
	}
	for _, f := range frameworks {
		if f.Kind == Command && f.Context != "" && f.Path == obj.Pkg().Path() {
			return f.Path, true
		}
	}
	return "", false
}

// CommandGiven returns the library that gives the context beside the command to a
// function of that signature.
func CommandGiven(sig *types.Signature) (library string, ok bool) {
	for v := range sig.Params().Variables() {
		if f, ok := Exactly(v.Type()); ok && f.Kind == Command && f.Context == "" && isStarted(f.Path) {
			return f.Path, true
		}
	}
	return "", false
}

// GivesRoot reports whether a library gives what is passed to a function of that signature
// a context that never ends, unless somebody sets another: fiber and hertz make one without
// an end for each request, that of fasthttp ends with the server, and that of a TLS handshake
// is one only where it is asked for by HandshakeContext.
func GivesRoot(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if f, ok := Exactly(v.Type()); ok && f.Root || isHandshake(v.Type()) {
			return true
		}
	}
	return false
}

// isHandshake reports whether t tells a callback of crypto/tls about a handshake.
func isHandshake(t types.Type) bool {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "crypto/tls" {
		return false
	}
	return named.Obj().Name() == "ClientHelloInfo" || named.Obj().Name() == "CertificateRequestInfo"
}

// isStarted reports whether it is known what starts the commands of a library.
func isStarted(library string) bool {
	return slices.ContainsFunc(starters, func(s starter) bool { return s.library == library })
}

// receiver returns the name of the type of fn's receiver, "" for a function.
func receiver(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return ""
	}
	name := types.TypeString(recv.Type(), func(*types.Package) string { return "" })
	return strings.TrimPrefix(name, "*")
}
