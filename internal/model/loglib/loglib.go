// Package loglib knows the libraries that programs log with.
package loglib

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// libraries are the import paths of the libraries, without their major
// versions. Every package below one belongs to it.
var libraries = [...]string{
	"log", "github.com/apex/log", "github.com/charmbracelet/log", "github.com/go-kit/kit/log", "github.com/go-kit/log",
	"github.com/go-logr/logr", "github.com/go-logr/zapr", "github.com/golang/glog", "github.com/hashicorp/go-hclog",
	"github.com/rs/zerolog", "github.com/sirupsen/logrus", "go.uber.org/zap", "google.golang.org/grpc/grpclog",
	"k8s.io/klog", "sigs.k8s.io/controller-runtime/pkg/log",
}

// IsLibrary reports whether the import path is that of a package of a logging
// library.
func IsLibrary(path string) bool {
	for _, lib := range libraries {
		if rest, ok := strings.CutPrefix(path, lib); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// Takes reports whether fn only logs its arguments, or returns them in a form
// that the library logs. A function that ends the program, or panics, does more
// than that.
func Takes(fn *types.Func) bool {
	switch {
	case fn == nil || fn.Pkg() == nil:
		return false
	case IsLibrary(fn.Pkg().Path()):
		for _, more := range [...]string{"Fatal", "Panic", "Exit", "DPanic"} {
			if strings.HasPrefix(fn.Name(), more) {
				return false
			}
		}
		return true
	case ctxlib.IsFunc(fn, "fmt", "Print"), ctxlib.IsFunc(fn, "fmt", "Printf"), ctxlib.IsFunc(fn, "fmt", "Println"),
		ctxlib.IsFunc(fn, "k8s.io/apimachinery/pkg/util/runtime", "HandleError"),
		ctxlib.IsFunc(fn, "k8s.io/apimachinery/pkg/util/runtime", "HandleErrorWithContext"):
		return true
	}
	return false
}

// Prints reports whether fn is one of the functions of fmt that write to their
// first argument.
func Prints(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "fmt", "Fprint") || ctxlib.IsFunc(fn, "fmt", "Fprintf") || ctxlib.IsFunc(fn, "fmt", "Fprintln")
}

// Formats reports whether fn turns its arguments into a text or an error.
func Formats(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "fmt", "Sprint") || ctxlib.IsFunc(fn, "fmt", "Sprintf") || ctxlib.IsFunc(fn, "fmt", "Sprintln") ||
		ctxlib.IsFunc(fn, "fmt", "Errorf")
}
