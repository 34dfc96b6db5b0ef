package taint

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// fieldSource follows the field sym of x, which the tables list as a source; v
// is what reads it.
func (w *walk) fieldSource(v, x ssa.Value, sym metriclib.Symbol, c metriclib.Category, fr *frame, st state) {
	if sym.Pkg == "net/http" && sym.Recv == "Request" {
		w.requestSource(v, x, sym.Name, c, fr, st)
		return
	}
	if metriclib.IsOutsideField(sym) {
		st.author = Outside
	}
	w.source(v, c, st)
}

// requestSource records the part of an HTTP request that v reads, unless the
// program made the request itself and so chose what is in it.
func (w *walk) requestSource(v, req ssa.Value, part string, c metriclib.Category, fr *frame, st state) {
	d := w.direction(req, fr, 0)
	switch {
	case c == metriclib.Method:
		switch {
		case d != incoming:
			w.end(ownRequest)
			return
		case w.oneMethod(v.Parent(), make(map[*ssa.Function]bool)):
			w.end(fewMethods)
			return
		}
	case d == outgoing:
		// Paths are made from ids; hosts are few, and so is everything else.
		if part != "URL" || st.outer == nil || !longPart.MatchString(w.text(st.outer)) || w.toFixedURL(req, fr, 0) {
			w.end(ownRequest)
			return
		}
		st.author = Program
	case part == "URL" && st.outer != nil && pathPart.MatchString(w.text(st.outer)) && w.ServesOnePath(v.Parent()):
		w.end(namedPaths)
		return
	case c == metriclib.Request && !wholePart(part, w.text(st.outer)):
		st.author = Client
	}
	w.source(v, c, st)
}

// wholePart reports whether a part of a request is free text that names nothing: its whole
// target, of which what is used may be a part again, or who sends it. Other parts mostly name
// something that there is.
func wholePart(part, used string) bool {
	if part != "URL" {
		return metriclib.IsWhole(part)
	}
	if strings.Contains(used, "Query()") {
		return strings.HasSuffix(used, "Query()") || strings.HasSuffix(used, "Query().Encode()")
	}
	return used == "" || strings.HasSuffix(used, "URL") || longPart.MatchString(used)
}

// longPart matches expressions for those parts of a URL that vary from request
// to request.
var longPart = lazyregexp.New(`\.(Path|RawPath|RawQuery|String\(\)|EscapedPath\(\)|RequestURI\(\)|Query\(\)\S*)$`)

// pathPart matches expressions for the path alone.
var pathPart = lazyregexp.New(`\.(Path|RawPath|EscapedPath\(\))$`)

// direction says who made a request.
type direction uint8

const (
	unknownDirection direction = iota
	incoming                   // a client; this is the server
	outgoing                   // this program, for a server
)

// direction determines who made the request req.
func (w *walk) direction(req ssa.Value, fr *frame, depth int) direction {
	if depth > maxDepth {
		return unknownDirection
	}
	switch req := req.(type) {
	case *ssa.Parameter:
		return w.directionOfParam(req, fr, depth)
	case *ssa.FreeVar:
		for _, b := range w.Bindings(req) {
			if d := w.direction(b, nil, depth+1); d != unknownDirection {
				return d
			}
		}
	case *ssa.Alloc:
		for _, s := range ssax.StoresTo(req) {
			if d := w.direction(s.Val, fr, depth+1); d != unknownDirection {
				return d
			}
		}
	case *ssa.Phi:
		for _, e := range req.Edges {
			if d := w.direction(e, fr, depth+1); d != unknownDirection {
				return d
			}
		}
	case *ssa.Extract:
		return w.direction(req.Tuple, fr, depth+1)
	case *ssa.UnOp:
		if fa, ok := req.X.(*ssa.FieldAddr); ok {
			return w.directionOfField(fa, depth)
		}
		return w.direction(req.X, fr, depth+1)
	case *ssa.Call:
		return w.directionOfCall(req, fr, depth)
	}
	return unknownDirection
}

func (w *walk) directionOfParam(p *ssa.Parameter, fr *frame, depth int) direction {
	fn := p.Parent()
	for i := range fn.Signature.Params().Len() {
		t := fn.Signature.Params().At(i).Type()
		switch {
		case ctxlib.IsNamedOrPointer(t, "net/http", "ResponseWriter"):
			return incoming
		case ctxlib.IsNamedOrPointer(t, "net/http", "Response"):
			return outgoing
		}
	}
	for i := range fn.Signature.Results().Len() {
		if ctxlib.IsNamedOrPointer(fn.Signature.Results().At(i).Type(), "net/http", "Response") {
			return outgoing // RoundTrip, Do
		}
	}
	if fr != nil && fr.callee == fn {
		if arg := ssax.Argument(fr.call.Common(), p); arg != nil {
			return w.direction(arg, fr.parent, depth+1)
		}
	}
	d := unknownDirection
	for _, call := range w.Callers(fn) {
		if arg := ssax.Argument(call.Common(), p); arg != nil {
			switch w.direction(arg, nil, depth+1) {
			case incoming:
				return incoming
			case outgoing:
				d = outgoing
			}
		}
	}
	return d
}

func (w *walk) directionOfField(fa *ssa.FieldAddr, depth int) direction {
	s, ok := metriclib.FieldOf(fa.X.Type(), fa.Field)
	switch {
	case ok && s.Pkg == "net/http" && s.Recv == "Response":
		if w.proxied(fa.Parent()) {
			return incoming
		}
		return outgoing
	case web.SendsRequest(fa.X.Type()):
		return outgoing
	case ok && web.GivesRequest(fa.X.Type(), s.Name):
		return incoming
	}
	for _, store := range w.fieldStores(ssax.FieldOf(fa)) {
		if d := w.direction(store.Val, nil, depth+1); d != unknownDirection {
			return d
		}
	}
	return unknownDirection
}

// proxied reports whether fn is what a reverse proxy calls with the response: the request of
// that is the one that a client has made, as it is passed on.
func (w *walk) proxied(fn *ssa.Function) bool {
	return slices.ContainsFunc(w.References(fn), func(ref ssa.Instruction) bool {
		if mc, ok := ref.(*ssa.MakeClosure); ok {
			return slices.ContainsFunc(*mc.Referrers(), setsModifier)
		}
		return setsModifier(ref)
	})
}

func setsModifier(instr ssa.Instruction) bool {
	st, ok := instr.(*ssa.Store)
	if !ok {
		return false
	}
	fa, ok := st.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	s, ok := metriclib.FieldOf(fa.X.Type(), fa.Field)
	return ok && s.Pkg == "net/http/httputil" && s.Recv == "ReverseProxy" && s.Name == "ModifyResponse"
}

func (w *walk) directionOfCall(call *ssa.Call, fr *frame, depth int) direction {
	fn := ssax.Callee(&call.Call)
	switch {
	case ctxlib.IsFunc(fn, "net/http", "NewRequest"), ctxlib.IsFunc(fn, "net/http", "NewRequestWithContext"):
		return outgoing
	case ctxlib.IsMethod(fn, "net/http", "Request", "Clone", "WithContext"):
		return w.direction(call.Call.Args[0], fr, depth+1)
	case fn != nil && fn.Signature().Recv() != nil && web.GivesRequest(fn.Signature().Recv().Type(), fn.Name()+"()"):
		return incoming
	}
	if static := w.inView(call.Call.StaticCallee()); static != nil {
		if inner := w.enter(call, static, fr); inner != nil {
			for _, ret := range ssax.Returns(static) {
				if len(ret.Results) > 0 {
					return w.direction(ret.Results[0], inner, depth+1)
				}
			}
		}
	}
	return unknownDirection
}
