package loglib_test

import (
	"go/token"
	"go/types"
	"testing"

	"github.com/ctxlint/ctxlint/internal/model/loglib"
)

func TestIsLibrary(t *testing.T) {
	for path, want := range map[string]bool{
		"log":                           true,
		"log/slog":                      true,
		"k8s.io/klog/v2":                true,
		"k8s.io/klog/v2/textlogger":     true,
		"github.com/rs/zerolog/log":     true,
		"github.com/go-kit/log/level":   true,
		"logger":                        false,
		"k8s.io/klogs":                  false,
		"example.com/log":               false,
		"github.com/go-kit/kit/metrics": false,
	} {
		if got := loglib.IsLibrary(path); got != want {
			t.Errorf("IsLibrary(%q) = %v", path, got)
		}
	}
}

func TestFuncs(t *testing.T) {
	for _, test := range []struct {
		path, name             string
		takes, prints, formats bool
	}{
		{path: "log", name: "Println", takes: true},
		{path: "log", name: "Fatalln"},
		{path: "go.uber.org/zap", name: "Error", takes: true},
		{path: "go.uber.org/zap", name: "DPanic"},
		{path: "k8s.io/klog/v2", name: "ExitDepth"},
		{path: "fmt", name: "Printf", takes: true},
		{path: "fmt", name: "Fprintf", prints: true},
		{path: "fmt", name: "Errorf", formats: true},
		{path: "k8s.io/apimachinery/pkg/util/runtime", name: "HandleError", takes: true},
		{path: "example.com/errs", name: "Error"},
	} {
		fn := types.NewFunc(token.NoPos, types.NewPackage(test.path, ""), test.name, types.NewSignatureType(nil, nil, nil, nil, nil, false))
		if loglib.Takes(fn) != test.takes || loglib.Prints(fn) != test.prints || loglib.Formats(fn) != test.formats {
			t.Errorf("%s: takes %v, prints %v, formats %v", fn.FullName(), loglib.Takes(fn), loglib.Prints(fn), loglib.Formats(fn))
		}
	}
	if loglib.Takes(nil) {
		t.Error("what is not known logs")
	}
}
