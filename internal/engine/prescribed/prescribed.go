// Package prescribed answers whether somebody can give a method another parameter: not
// if an interface that the user cannot change prescribes those that it has, and not alone if
// one of another package does.
//
// That an interface prescribes them is a may-answer, from what the package imports and
// converts to: an interface of another module with the method, which the type
// implements. Types are compared, bodies are not read.
package prescribed

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/inview"
	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// fixedSignatures are methods by which types implement interfaces of the
// standard library; they cannot be given a context.
var fixedSignatures = map[string]string{
	"Read":            "func([]byte) (int, error)",
	"ReadAt":          "func([]byte, int64) (int, error)",
	"ReadByte":        "func() (byte, error)",
	"ReadRune":        "func() (rune, int, error)",
	"ReadFrom":        "func(io.Reader) (int64, error)",
	"Write":           "func([]byte) (int, error)",
	"WriteAt":         "func([]byte, int64) (int, error)",
	"WriteByte":       "func(byte) error",
	"WriteString":     "func(string) (int, error)",
	"WriteTo":         "func(io.Writer) (int64, error)",
	"Seek":            "func(int64, int) (int64, error)",
	"String":          "func() string",
	"GoString":        "func() string",
	"Error":           "func() string",
	"Unwrap":          "func() error",
	"Scan":            "func(any) error",
	"Value":           "func() (database/sql/driver.Value, error)",
	"Set":             "func(string) error",
	"MarshalJSON":     "func() ([]byte, error)",
	"MarshalText":     "func() ([]byte, error)",
	"MarshalBinary":   "func() ([]byte, error)",
	"UnmarshalJSON":   "func([]byte) error",
	"UnmarshalText":   "func([]byte) error",
	"UnmarshalBinary": "func([]byte) error",
	"Len":             "func() int",
	"Less":            "func(int, int) bool",
	"Swap":            "func(int, int)",
	"Push":            "func(any)",
	"Pop":             "func() any",
	"Open":            "func(string) (io/fs.File, error)",
	"Stat":            "func() (io/fs.FileInfo, error)",
	"ReadDir":         "func(int) ([]io/fs.DirEntry, error)",
	"Size":            "func() int64",
	"Is":              "func(error) bool",
	"As":              "func(any) bool",
	"Format":          "func(fmt.State, rune)",
	"Accept":          "func() (net.Conn, error)",
	"RoundTrip":       "func(*net/http.Request) (*net/http.Response, error)",
}

// hasFixedSignature reports whether fn is a method that implements an interface
// of the standard library.
func hasFixedSignature(fn *ssa.Function) bool {
	want, ok := fixedSignatures[fn.Name()]
	if !ok || fn.Signature.Recv() == nil {
		return false
	}
	return signatureOf(fn.Signature) == want
}

// signatureOf renders a signature without the names of its parameters.
func signatureOf(sig *types.Signature) string {
	var b strings.Builder
	b.WriteString("func(")
	b.WriteString(typesOf(sig.Params()))
	b.WriteByte(')')
	switch results := typesOf(sig.Results()); sig.Results().Len() {
	case 0:
	case 1:
		b.WriteString(" " + results)
	default:
		b.WriteString(" (" + results + ")")
	}
	return b.String()
}

func typesOf(tuple *types.Tuple) string {
	var names []string
	for v := range tuple.Variables() {
		names = append(names, strings.ReplaceAll(types.TypeString(v.Type(), nil), "interface{}", "any"))
	}
	return strings.Join(names, ", ")
}

// A Finder answers for the methods of one package. It is not safe for concurrent use.
type Finder struct {
	pass       *analysis.Pass
	builder    *ssabuild.Builder
	signatures map[*ssa.Function]Signature
	converted  map[*types.Func]bool          // methods that an interface of another module prescribes; nil before it is asked for
	declared   map[method][]*types.Interface // interfaces of other packages; nil before it is asked for
}

// New returns a finder for the package of pass. It shares the view of those who require
// [inview.Analyzer].
func New(pass *analysis.Pass, builder *ssabuild.Builder) *Finder {
	return &Finder{pass: pass, builder: builder, signatures: make(map[*ssa.Function]Signature)}
}

// A Signature is what is known of how free the parameters of a method are.
type Signature struct {
	Prescribed bool   // by an interface that the user cannot change
	Shared     bool   // by one of another package of the user's: all its implementations have to follow
	Sibling    string // the method of the same type that does the same and takes a context
}

// Fixed reports whether nobody can give fn a context: an interface of another module
// prescribes its parameters, and it has no sibling that takes one.
func (s Signature) Fixed() bool { return s.Prescribed && s.Sibling == "" }

// Of returns what is known of fn's parameters.
func (f *Finder) Of(fn *ssa.Function) Signature {
	known, ok := f.signatures[fn]
	if !ok {
		known = f.findSignature(fn)
		f.signatures[fn] = known
	}
	return known
}

func (f *Finder) findSignature(fn *ssa.Function) (s Signature) {
	if fn.Signature.Recv() == nil {
		return s
	}
	if isLocking(fn) {
		s.Prescribed = true
		return s // whoever locks does not ask for a sibling
	}
	if s.Prescribed = hasFixedSignature(fn) || f.convertsToForeign(fn) || f.implements(fn, true); s.Prescribed {
		s.Sibling = sibling(fn)
	} else {
		s.Shared = f.implements(fn, false)
	}
	return s
}

// isLocking reports whether fn is a method of a [sync.Locker].
func isLocking(fn *ssa.Function) bool {
	for _, pair := range [][2]string{{"Lock", "Unlock"}, {"RLock", "RUnlock"}} {
		if slices.Contains(pair[:], fn.Name()) && isPlain(methodOf(fn, pair[0])) && isPlain(methodOf(fn, pair[1])) {
			return true
		}
	}
	return false
}

func isPlain(fn *types.Func) bool { return fn != nil && signatureOf(fn.Signature()) == "func()" }

// methodOf returns another method of fn's receiver, nil if it has none of the name.
func methodOf(fn *ssa.Function, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(fn.Signature.Recv().Type(), true, fn.Pkg.Pkg, name)
	method, _ := obj.(*types.Func)
	return method
}

// sibling returns the method of the same type whose name and parameters say that it
// is fn with a context: LoadContext of Load.
func sibling(fn *ssa.Function) string {
	for _, name := range words.WithContext(fn.Name()) {
		if m := methodOf(fn, name); m != nil && ctxlib.IsContextual(ctxlib.FirstParam(m.Signature())) {
			return m.Name()
		}
	}
	return ""
}

// implements reports whether fn is a method by which its type implements an interface that
// this package imports from another one, foreign as a lister of client-go and driver.Tx
// are, or of the user's.
func (f *Finder) implements(fn *ssa.Function, foreign bool) bool {
	t := fn.Signature.Recv().Type()
	if _, isPtr := t.(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	return slices.ContainsFunc(f.with(method{fn.Name(), foreign}), func(iface *types.Interface) bool { return types.Implements(t, iface) })
}

// A method is the name of one in an interface that another package declares: one of the
// user's module, or of a foreign one.
type method struct {
	name    string
	foreign bool
}

// with returns the interfaces that other packages declare, that the package imports, and
// that have a method.
func (f *Finder) with(m method) []*types.Interface {
	if f.declared == nil {
		f.declared = make(map[method][]*types.Interface)
		for _, obj := range inview.Of(f.pass).Interfaces() {
			if obj.Exported() && !isGeneric(obj.Type()) && obj.Pkg() != f.pass.Pkg {
				f.declare(obj.Type().Underlying().(*types.Interface), !scope.SharesModule(f.pass, obj.Pkg()))
			}
		}
	}
	return f.declared[m]
}

func (f *Finder) declare(iface *types.Interface, foreign bool) {
	for m := range iface.Methods() {
		if m.Exported() { // no type outside the interface's package has the others
			key := method{m.Name(), foreign}
			f.declared[key] = append(f.declared[key], iface)
		}
	}
}

// convertsToForeign reports whether the package puts a value with the method fn into
// an interface that has the method and that another module or the standard library
// declares, be it one that the package does not import.
func (f *Finder) convertsToForeign(fn *ssa.Function) bool {
	if f.converted == nil {
		f.converted = make(map[*types.Func]bool)
		for _, fn := range f.builder.SSA().Funcs {
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					if mi, ok := instr.(*ssa.MakeInterface); ok {
						f.convert(mi)
					}
				}
			}
		}
	}
	obj := ssax.FuncOf(fn)
	return obj != nil && f.converted[obj]
}

// convert notes the methods that a conversion to an interface of another module
// prescribes.
func (f *Finder) convert(mi *ssa.MakeInterface) {
	named, ok := types.Unalias(mi.Type()).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || scope.SharesModule(f.pass, named.Obj().Pkg()) {
		return
	}
	iface := named.Underlying().(*types.Interface)
	for m := range iface.Methods() {
		obj, _, _ := types.LookupFieldOrMethod(mi.X.Type(), true, m.Pkg(), m.Name())
		if method, ok := obj.(*types.Func); ok {
			f.converted[method.Origin()] = true
		}
	}
}

func isGeneric(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.TypeParams().Len() > 0
}
