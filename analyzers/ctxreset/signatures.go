package ctxreset

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

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

// implementsForeign reports whether fn is a method by which its type implements
// an interface that another module declares and this package imports, such as a
// lister of client-go.
func (c *checker) implementsForeign(fn *ssa.Function) bool {
	known, ok := c.beyond[fn]
	if !ok {
		known = c.searchForeign(fn)
		c.beyond[fn] = known
	}
	return known
}

func (c *checker) searchForeign(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	t := recv.Type()
	if _, isPtr := t.(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	for _, pkg := range c.pass.Pkg.Imports() {
		if c.isOwn(pkg) || scope.IsStandardPath(pkg.Path()) {
			continue
		}
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || !obj.Exported() {
				continue
			}
			iface, ok := obj.Type().Underlying().(*types.Interface)
			if !ok || iface.NumMethods() == 0 || isGeneric(obj.Type()) {
				continue
			}
			if m, _, _ := types.LookupFieldOrMethod(obj.Type(), false, nil, fn.Name()); m != nil && types.Implements(t, iface) {
				return true
			}
		}
	}
	return false
}

// isOwn reports whether pkg is of the module that the pass is about.
func (c *checker) isOwn(pkg *types.Package) bool {
	if module := c.module(); module != "" {
		return pkg.Path() == module || strings.HasPrefix(pkg.Path(), module+"/")
	}
	return repository(pkg.Path()) == repository(c.pass.Pkg.Path())
}

func isGeneric(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.TypeParams().Len() > 0
}
