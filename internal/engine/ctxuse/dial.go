package ctxuse

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// IsDial reports whether fn is grpc.DialContext, or the form of it without a context. It
// returns at once and does not use its context unless it is given the option to block until
// there is a connection.
func IsDial(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "google.golang.org/grpc", "DialContext") || ctxlib.IsFunc(fn, "google.golang.org/grpc", "Dial")
}

// Blocks reports whether the function that node declares makes the option to
// block until there is a connection. Options made elsewhere are not known.
func Blocks(info *types.Info, node ast.Node) bool {
	found := false
	ast.Inspect(node, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fn, _ := typeutil.Callee(info, call).(*types.Func)
			found = found || ctxlib.IsFunc(fn, "google.golang.org/grpc", "WithBlock") || ctxlib.IsFunc(fn, "google.golang.org/grpc", "WithReturnConnectionError") ||
				ctxlib.IsFunc(fn, "google.golang.org/grpc", "FailOnNonTempDialError")
		}
		return !found
	})
	return found
}
