// Package symbol names functions as data, so that a fact can carry a name from
// one package to another and a message can show it as code in yet another
// package would write it.
package symbol

import (
	"go/types"
	"strings"
)

// A Func names a function, a method or a method of an interface. It is comparable,
// and encodes with gob.
type Func struct {
	Path     string // of the package that declares it, "" for a method of error
	Package  string // the name of that package
	Receiver string // the type that declares the method, "" for a function
	Pointer  bool   // the receiver is a pointer
	Name     string
}

// Of returns the name of fn. Type parameters are left out. For a method of an
// unnamed interface, the type is written out: "interface{Close() error}".
func Of(fn *types.Func) Func {
	f := Func{Name: fn.Name()}
	if fn.Pkg() != nil {
		f.Path, f.Package = fn.Pkg().Path(), fn.Pkg().Name()
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return f
	}
	t := types.Unalias(recv.Type())
	if p, ok := t.(*types.Pointer); ok {
		t, f.Pointer = types.Unalias(p.Elem()), true
	}
	if named, ok := t.(*types.Named); ok {
		f.Receiver = named.Obj().Name()
	} else {
		f.Receiver = types.TypeString(t, (*types.Package).Name)
	}
	return f
}

// In returns how code in the package with the given import path would write the
// name: "F", "T.M" and "(*T).M", and for another package "pkg.F", "(*pkg.T).M".
func (f Func) In(path string) string {
	qualifier := ""
	if f.Path != path && f.Package != "" && !strings.Contains(f.Receiver, "{") {
		qualifier = f.Package + "."
	}
	switch {
	case f.Receiver == "":
		return qualifier + f.Name
	case f.Pointer:
		return "(*" + qualifier + f.Receiver + ")." + f.Name
	}
	return qualifier + f.Receiver + "." + f.Name
}

// String returns the name as its own package writes it.
func (f Func) String() string { return f.In(f.Path) }
