package taint

import (
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Text in a struct that the body of a request was decoded into is what the
// client wrote, unless the struct is validated: a validator may accept only a
// few words.

// fromBody reports whether field i of x is text from the body of a request.
func (w *walk) fromBody(x ssa.Value, i int, fr *frame) bool {
	s := ssax.Struct(x.Type())
	if s == nil {
		return false
	}
	t := s.Field(i).Type()
	return isText(t) && !IsEnum(t) && !validated(s.Tag(i)) && w.decoded(x, fr, 0)
}

// fromMessage reports whether field i of x is text of the message that a remote call brings:
// the request of a method of a gRPC service, or the arguments of one of net/rpc.
func (w *walk) fromMessage(x ssa.Value, i int) bool {
	p := StructParam(x)
	s := ssax.Struct(x.Type())
	if p == nil || s == nil || !isText(s.Field(i).Type()) || IsEnum(s.Field(i).Type()) {
		return false
	}
	return w.isMessage(p)
}

// getsFromMessage reports whether a call is that of a generated getter for text of a message
// of a remote call.
func (w *walk) getsFromMessage(call *ssa.CallCommon, fn *types.Func, fr *frame) bool {
	recv, args := ssax.Receiver(call)
	if recv == nil || len(args) > 0 || !strings.HasPrefix(fn.Name(), "Get") || fn.Signature().Results().Len() != 1 {
		return false
	}
	t := fn.Signature().Results().At(0).Type()
	p := StructParam(recv)
	return p != nil && isText(t) && !IsEnum(t) && (fr == nil || fr.callee != p.Parent()) && w.isMessage(p)
}

// isMessage reports whether a parameter of a method is the message of a remote call.
func (w *walk) isMessage(p *ssa.Parameter) bool {
	fn := ssax.FuncOf(p.Parent())
	if fn == nil || fn.Signature().Recv() == nil || !fn.Exported() {
		return false
	}
	return web.Message(fn) == p.Object() || importpath.Imports(w.pkg.Pkg.Imports(), "net/rpc") && web.Argument(fn) == p.Object()
}

// validated reports whether the tag of a field lists the values that it
// accepts.
func validated(text string) bool {
	tag := reflect.StructTag(text)
	return strings.Contains(tag.Get("validate")+tag.Get("binding"), "oneof") || tag.Get("enum")+tag.Get("enums") != ""
}

// decoded reports whether the object that x is, or is part of, was decoded from
// the body of a request. It identifies an object only by the variable that
// holds it.
func (w *walk) decoded(x ssa.Value, fr *frame, depth int) bool {
	if depth > maxDepth {
		return false
	}
	switch x := x.(type) {
	case *ssa.UnOp:
		return w.decoded(x.X, fr, depth+1)
	case *ssa.FieldAddr:
		return w.decoded(x.X, fr, depth+1)
	case *ssa.Field:
		return w.decoded(x.X, fr, depth+1)
	case *ssa.Parameter:
		if fr != nil && fr.callee == x.Parent() {
			if arg := ssax.Argument(fr.call.Common(), x); arg != nil {
				return w.decoded(arg, fr.parent, depth+1)
			}
		}
	case *ssa.FreeVar:
		if b := w.Bindings(x); len(b) == 1 {
			return w.decoded(b[0], nil, depth+1)
		}
	case *ssa.Alloc:
		for _, s := range ssax.StoresTo(x) { // req := &request{}
			if cell, ok := s.Val.(*ssa.Alloc); ok && w.filled(cell, fr) == byClient {
				return true
			}
		}
		return w.filled(x, fr) == byClient
	}
	return false
}

// filler says who decides what is in an object.
type filler uint8

const (
	byOthers filler = iota
	byClient        // it is decoded from the body of a request
	byRules         // it is validated, too
)

// filled determines who fills the object that v points to, judging by the calls
// that get v.
func (w *walk) filled(v ssa.Value, fr *frame) filler {
	found := byOthers
	refs := v.Referrers()
	if refs == nil {
		return found
	}
	for _, r := range *refs {
		next := byOthers
		switch r := r.(type) {
		case *ssa.MakeInterface:
			next = w.filled(r, fr)
		case *ssa.UnOp: // an argument by value
			if _, isStruct := r.Type().Underlying().(*types.Struct); isStruct {
				next = w.filled(r, fr)
			}
		case ssa.CallInstruction:
			next = w.filledBy(r, v, fr)
		}
		found = max(found, next)
	}
	return found
}

// filledBy determines what a call that gets v does to it.
func (w *walk) filledBy(call ssa.CallInstruction, v ssa.Value, fr *frame) filler {
	common := call.Common()
	fn := ssax.Callee(common)
	if fn == nil {
		return byOthers
	}
	if words.Validates.In(fn.Name()) && w.refuses(common.StaticCallee()) {
		return byRules
	}
	if w.decodes(common, fn, v, fr) {
		return byClient
	}
	if static := w.inView(common.StaticCallee()); static != nil {
		for i, arg := range common.Args {
			if arg == v && i < len(static.Params) {
				if inner := w.enter(call, static, fr); inner != nil {
					return w.filled(static.Params[i], inner)
				}
			}
		}
	}
	return byOthers
}

// refuses reports whether a function whose name says that it validates
// something may do so: its body is out of view, branches, or calls another such
// function.
func (w *walk) refuses(fn *ssa.Function) bool {
	fn = w.inView(fn)
	if fn == nil {
		return true
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.If:
				return true
			case ssa.CallInstruction:
				if f := ssax.Callee(instr.Common()); f != nil && words.Validates.In(f.Name()) && f != fn.Object() {
					return true
				}
			}
		}
	}
	return false
}

// decodes reports whether a call of fn decodes the body of a request into v.
func (w *walk) decodes(common *ssa.CallCommon, fn *types.Func, v ssa.Value, fr *frame) bool {
	s, ok := metriclib.SymbolOf(fn)
	if !ok {
		return false
	}
	switch {
	case metriclib.Binds(s):
		return ssax.Explicit(common, 0) == v
	case fn.Name() == "Decode" && isCodec(s.Pkg):
		decoder, ok := ssax.Explicit(common, -1).(*ssa.Call)
		return ok && isNamed(decoder, "NewDecoder") && w.isBody(ssax.Explicit(&decoder.Call, 0), fr, 0)
	case fn.Name() == "Unmarshal" && isCodec(s.Pkg):
		return ssax.Explicit(common, 1) == v && w.isBody(ssax.Explicit(common, 0), fr, 0)
	}
	return false
}

func isCodec(pkg string) bool {
	return strings.HasPrefix(pkg, "encoding/") || strings.HasSuffix(pkg, "/json") || strings.HasSuffix(pkg, "-json") || strings.Contains(pkg, "json-iterator")
}

// isBody reports whether v is the body of a request that a server got, or what was
// read from it.
func (w *walk) isBody(v ssa.Value, fr *frame, depth int) bool {
	if depth > maxDepth || v == nil {
		return false
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return w.isBody(v.X, fr, depth+1)
	case *ssa.ChangeInterface:
		return w.isBody(v.X, fr, depth+1)
	case *ssa.Extract:
		return w.isBody(v.Tuple, fr, depth+1)
	case *ssa.Parameter:
		if fr != nil && fr.callee == v.Parent() {
			return w.isBody(ssax.Argument(fr.call.Common(), v), fr.parent, depth+1)
		}
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		switch {
		case ctxlib.IsFunc(fn, "io", "ReadAll"), ctxlib.IsFunc(fn, "io/ioutil", "ReadAll"), ctxlib.IsFunc(fn, "io", "LimitReader"):
			return w.isBody(ssax.Explicit(&v.Call, 0), fr, depth+1)
		case ctxlib.IsFunc(fn, "net/http", "MaxBytesReader"):
			return w.isBody(ssax.Explicit(&v.Call, 1), fr, depth+1)
		}
	case *ssa.UnOp:
		if fa, ok := v.X.(*ssa.FieldAddr); ok {
			s, named := metriclib.FieldOf(fa.X.Type(), fa.Field)
			return named && s == metriclib.Symbol{Pkg: "net/http", Recv: "Request", Name: "Body"} && w.direction(fa.X, fr, 0) == incoming
		}
	}
	return false
}
