// Package fatal lists the functions of the standard library and of well-known
// libraries that never return to their caller.
package fatal

import (
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// entry lists functions (recv "") or methods of a type that never return.
type entry struct {
	recv  string
	names []string
}

var (
	fatalOnly   = []string{"Fatal", "Fatalf", "Fatalln"}
	fatalPanic  = []string{"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"}
	testFailure = []string{"Fatal", "Fatalf", "FailNow", "Skip", "Skipf", "SkipNow"}
	klogFatal   = []string{"Fatal", "Fatalf", "Fatalln", "FatalDepth", "FatalDepthf", "Exit", "Exitf", "Exitln", "ExitDepth", "ExitDepthf"}
)

// known holds, by package path, what cannot or need not be derived: the
// standard library (not every driver has facts about it) and logging libraries
// whose exit is hidden behind a hook or a field.
var known = map[string][]entry{
	"os":      {{"", []string{"Exit"}}},
	"runtime": {{"", []string{"Goexit"}}},
	"syscall": {{"", []string{"Exit", "ExitProcess"}}},
	"log":     {{"", fatalPanic}, {"Logger", fatalPanic}},
	"testing": {{"common", testFailure}, {"T", testFailure}, {"B", testFailure}, {"F", testFailure}, {"TB", testFailure}},

	"go.uber.org/zap": {
		{"Logger", []string{"Fatal", "Panic"}},
		{"SugaredLogger", []string{"Fatal", "Fatalf", "Fatalln", "Fatalw", "Panic", "Panicf", "Panicln", "Panicw"}},
	},
	"github.com/sirupsen/logrus": {
		{"", append([]string{"Exit"}, fatalPanic...)},
		{"Logger", append([]string{"Exit"}, fatalPanic...)},
		{"Entry", fatalPanic},
	},
	"github.com/golang/glog":       {{"", klogFatal}},
	"k8s.io/klog":                  {{"", klogFatal}},
	"k8s.io/klog/v2":               {{"", klogFatal}},
	"github.com/charmbracelet/log": {{"", fatalOnly}, {"Logger", fatalOnly}},
	"github.com/onsi/ginkgo/v2":    {{"", []string{"Fail", "Skip", "AbortSuite"}}},
	"github.com/onsi/ginkgo":       {{"", []string{"Fail", "Skip"}}},
	"google.golang.org/grpc/grpclog": {
		{"", fatalOnly}, {"LoggerV2", fatalOnly}, {"DepthLoggerV2", []string{"FatalDepth"}},
	},
	"github.com/stretchr/testify/require": {{"", []string{"FailNow", "FailNowf"}}},
}

// Known reports whether fn is one of the functions of the standard library and
// of well-known libraries that never return to their caller. Interface methods
// such as testing.TB.Fatal are among them.
func Known(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return false
	}
	for _, e := range known[fn.Pkg().Path()] {
		if slices.Contains(e.names, fn.Name()) && (e.recv == "" && ctxlib.IsFunc(fn, fn.Pkg().Path(), fn.Name()) || e.recv != "" && ctxlib.IsMethod(fn, fn.Pkg().Path(), e.recv, fn.Name())) {
			return true
		}
	}
	return false
}

// Exits reports whether a call of fn, which is [Known], ends the process, so that nothing that
// is deferred runs.
func Exits(fn *types.Func) bool {
	if !Known(fn) || !strings.HasPrefix(fn.Name(), "Exit") && !strings.HasPrefix(fn.Name(), "Fatal") {
		return false
	}
	return fn.Pkg().Path() != "testing"
}
