// Package web is the one model of frameworks: what libraries for web services,
// remote calls and command lines hand to the functions that they run.
//
// Everything that an analyzer asks about a framework is in one row of the
// table, and each row has a fixture in testdata/web that shows it at work.
package web

import (
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// A Kind says what role a type has.
type Kind uint8

// The kinds.
const (
	Handler     Kind = iota + 1 // the request that a handler or middleware answers, or a context that holds it
	Stream                      // one side of a stream of messages
	RPC                         // the request of a remote call, beside its context
	Interceptor                 // tells an interceptor what it intercepts
	Command                     // the command of a command line that is run
	Answer                      // what a response is written to, or with
	Router                      // sets up routes to handlers of another library
	Task                        // what a worker does one job for, beside the context or with it inside
	Registry                    // its methods or functions run functions that they are given as handlers
)

// Itself is the expression for a value that is itself what is asked for.
const Itself = "x"

// A Framework describes one type, or the functions of a package. Expressions
// are Go expressions with x for a value of the type; lists are separated by
// spaces.
type Framework struct {
	Path    string // import path, with the major version
	Type    string // "" for functions
	Kind    Kind
	With    string // "package.Type" of another parameter that a handler must have
	Context string // expression for the context of the request, "" if the function gets it as a parameter, or there is none
	Request string // expression for the *http.Request
	URLPath string // expression for the URL path of the request
	Route   string // expression for the pattern of the route, which can replace URLPath
	Data    string // methods or functions that return what the client sent
	Binds   string // methods that decode what the client sent into their first argument
	Answers string // methods or functions that write the response and wait for nothing else
	Fixture string // directory in testdata/web

	// What becomes of things when the handler returns:
	Ends   bool   // the context of the request, or the one beside the value, ends
	Root   bool   // that context never ends, unless a middleware or an option gives it an end
	Reuse  string // the value is "reused" for another request, or "invalid"; "" if it stays what it is
	Copy   string // expression for a copy that may be kept
	Values string // methods that read what handlers have put into the value, which a copy has, too

	Runs   string // methods or functions that run an argument, or its methods, as handlers with a context that ends
	Serves string // "takes" or "returns": a function of a generated package does that with this type, for the services that it is given
}

// Frameworks returns all rows of the table.
func Frameworks() []Framework { return slices.Clone(frameworks) }

// Exactly returns the row of the type t, or of what t points to, in that exact
// version of its library.
func Exactly(t types.Type) (Framework, bool) {
	return find(frameworks, t, func(path string, f *Framework) bool { return f.Path == path })
}

// Of is like [Exactly], but if there is no row for the version of the library,
// it returns that of another version, whose expressions need not be right.
func Of(t types.Type) (Framework, bool) {
	if f, ok := Exactly(t); ok {
		return f, true
	}
	return find(frameworks, t, func(path string, f *Framework) bool {
		return importpath.Canonical(f.Path) == importpath.Canonical(path)
	})
}

func find(table []Framework, t types.Type, of func(path string, f *Framework) bool) (Framework, bool) {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil {
		return Framework{}, false
	}
	name, path := named.Obj().Name(), named.Obj().Pkg().Path()
	for i := range table {
		if f := &table[i]; f.Type == name && of(path, f) {
			return *f, true
		}
	}
	return Framework{}, false
}

// IsRequest reports whether v, a parameter of a handler or a middleware, is the
// request that it answers, or one side of a stream.
func IsRequest(v *types.Var, params *types.Tuple) bool {
	f, ok := Of(v.Type())
	switch {
	case !ok || f.Kind != Handler:
		return IsStream(v.Type())
	case f.With == "":
		return true
	}
	for p := range params.Variables() {
		if named, ok := types.Unalias(p.Type()).(*types.Named); ok && types.TypeString(named, nil) == f.With {
			return true
		}
	}
	return false
}

// IsStream reports whether t is one side of a gRPC stream, including the types
// that are generated for one method.
func IsStream(t types.Type) bool {
	for _, name := range [...]string{"SendMsg", "RecvMsg"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj == nil {
			return false
		}
	}
	return true
}

// IsClientStream reports whether the first of two results is a gRPC client
// stream: an interface with the methods that
// google.golang.org/grpc.ClientStream adds to a plain stream.
func IsClientStream(sig *types.Signature) bool {
	if sig.Results().Len() != 2 {
		return false
	}
	t := sig.Results().At(0).Type()
	if !types.IsInterface(t) {
		return false
	}
	ms := types.NewMethodSet(t)
	for _, name := range [...]string{"CloseSend", "RecvMsg", "SendMsg", "Trailer", "Context"} {
		if ms.Lookup(nil, name) == nil {
			return false
		}
	}
	return true
}

// IsCommand reports whether the signature is that of a command of one of the
// usual libraries for command lines.
func IsCommand(sig *types.Signature) bool { return takes(sig, Command) }

// IsInterceptor reports whether the signature is that of an interceptor of remote
// calls.
func IsInterceptor(sig *types.Signature) bool { return takes(sig, Interceptor) }

// IsRPC reports whether the signature is that of a remote call in a framework that
// has a type for its requests.
func IsRPC(sig *types.Signature) bool { return takes(sig, RPC) && sig.Results().Len() == 2 }

func takes(sig *types.Signature, kind Kind) bool {
	for v := range sig.Params().Variables() {
		if f, ok := Of(v.Type()); ok && f.Kind == kind {
			return true
		}
	}
	return false
}

// GivesRequest reports whether a member of a value of type t, a field or, with
// parentheses, a method ("Request()"), is the *http.Request that a handler answers.
func GivesRequest(t types.Type, member string) bool {
	f, ok := Of(t)
	return ok && f.Kind == Handler && f.Request == Itself+"."+member
}

// senders are the types by which clients of HTTP hand out the *http.Request that they are
// about to send, or have sent.
var senders = []Framework{
	{Path: "github.com/aws/aws-sdk-go/aws/request", Type: "Request"},
	{Path: "github.com/aws/smithy-go/transport/http", Type: "Request"},
	{Path: "github.com/go-resty/resty/v2", Type: "Request"},
	{Path: "github.com/hashicorp/go-retryablehttp", Type: "Request"},
}

// SendsRequest reports whether a request in a field of a value of type t is one that the
// program sends to a server.
func SendsRequest(t types.Type) bool {
	_, ok := find(senders, t, func(path string, f *Framework) bool { return f.Path == path })
	return ok
}

// Answers reports whether fn writes to the response to a request, and waits for
// nothing else.
func Answers(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	recv := fn.Signature().Recv()
	if recv != nil {
		f, ok := Of(recv.Type())
		return ok && lists(f.Answers, fn.Name())
	}
	return slices.ContainsFunc(frameworks, func(f Framework) bool {
		return f.Type == "" && f.Path == fn.Pkg().Path() && lists(f.Answers, fn.Name())
	})
}

func lists(names, name string) bool { return slices.Contains(strings.Fields(names), name) }

// methods are the HTTP methods that a route may be for.
var methods = [...]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// IsRouting reports whether the name of a router's method suggests that it sets
// up a route for one HTTP method: Get, POST.
func IsRouting(name string) bool {
	return slices.ContainsFunc(methods[:], func(m string) bool {
		return name == m || name == m[:1]+strings.ToLower(m[1:])
	})
}

// HasMethod reports whether the pattern of a route is for one HTTP method: "GET
// /orders".
func HasMethod(pattern string) bool {
	method, _, ok := strings.Cut(pattern, " ")
	return ok && IsMethod(method)
}

// IsMethod reports whether name is that of an HTTP method that a route may be for.
func IsMethod(name string) bool { return slices.Contains(methods[:], name) }

// IsPath reports whether the pattern of a route, with or without a method, stands for one path
// of any host: "/healthz", "GET /api/v1/status". It has neither parameters nor wildcards.
func IsPath(pattern string) bool {
	if method, rest, ok := strings.Cut(pattern, " "); ok && IsMethod(method) {
		pattern = rest
	}
	return strings.HasPrefix(pattern, "/") && !strings.HasSuffix(pattern, "/") && !strings.ContainsAny(pattern, "{}:*<>()[]?+|^$ ")
}

// IsSubtree reports whether the pattern of a route, or the end of it, stands for all
// paths below one: "/api/", "/files/*", "/files/*name", "/files/{name...}".
func IsSubtree(pattern string) bool {
	i := strings.LastIndexByte(pattern, '/')
	if i < 0 {
		return false
	}
	last := pattern[i+1:]
	return last == "" || strings.HasPrefix(last, "*") || strings.HasPrefix(last, "{") && strings.HasSuffix(last, "...}")
}
