package labelcardinality

import (
	"go/types"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// extras are the sinks, sources and sanitizers that flags name.
type extras struct {
	sinks             map[string][]metriclib.Sink
	sources, sanitize map[string]bool
}

func newExtras(o *Options) *extras {
	e := &extras{sinks: make(map[string][]metriclib.Sink), sources: names(o.Sources), sanitize: names(o.Sanitizers)}
	for name := range names(o.Sinks) {
		fn, arg, ok := strings.Cut(name, ":arg")
		if i, err := strconv.Atoi(arg); ok && err == nil {
			e.sinks[fn] = append(e.sinks[fn], metriclib.Sink{Param: i, Form: metriclib.Values, Retention: metriclib.Kept})
		}
	}
	return e
}

func names(list string) map[string]bool {
	set := make(map[string]bool)
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			set[name] = true
		}
	}
	return set
}

func (e *extras) source(fn *types.Func) (metriclib.Category, bool) {
	return metriclib.Request, e.sources[symbol(fn)]
}

func (e *extras) sanitizer(fn *types.Func) bool { return e.sanitize[symbol(fn)] }

// symbol returns the name of fn as it is written in flags: pkg.Func or
// pkg.Type.Method, with the import path.
func symbol(fn *types.Func) string {
	s, ok := metriclib.SymbolOf(fn)
	if !ok {
		return ""
	}
	s.Pkg = fn.Pkg().Path()
	return s.String()
}
