package syntax

import (
	"go/ast"
	"go/types"
)

// Reaching returns those of the declared functions decls from whose bodies the use of
// names may lead to something that only few functions have: begins holds for a node of the
// body, or it names another one in decls for which that is so. In contrast to the same
// question about the SSA form, a function that is named need not be called.
func Reaching(info *types.Info, decls []*ast.FuncDecl, begins func(ast.Node) bool) map[*types.Func]bool {
	found, users := make(map[*types.Func]bool), make(map[*types.Func][]*types.Func)
	var work []*types.Func
	add := func(fn *types.Func) {
		if !found[fn] {
			found[fn] = true
			work = append(work, fn)
		}
	}
	for _, decl := range decls {
		fn, ok := info.Defs[decl.Name].(*types.Func)
		if !ok || decl.Body == nil {
			continue
		}
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			if n != nil && !found[fn] && begins(n) {
				add(fn)
			}
			if id, ok := n.(*ast.Ident); ok {
				if used, ok := info.Uses[id].(*types.Func); ok && used.Pkg() == fn.Pkg() {
					users[used.Origin()] = append(users[used.Origin()], fn)
				}
			}
			return true
		})
	}
	for len(work) > 0 {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		for _, user := range users[fn] {
			add(user)
		}
	}
	return found
}

// Funcs returns the function declarations of files, in source order.
func Funcs(files []*ast.File) []*ast.FuncDecl {
	var decls []*ast.FuncDecl
	for _, f := range files {
		for _, d := range f.Decls {
			if decl, ok := d.(*ast.FuncDecl); ok {
				decls = append(decls, decl)
			}
		}
	}
	return decls
}
