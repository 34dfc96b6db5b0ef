// Package bounded has labels that only take a few values.
package bounded

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/gorilla/mux"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc/codes"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"what"})

func count(what string) { vec.WithLabelValues(what).Inc() } // silent "the value comes from whoever calls the"

type state int

const (
	idle state = iota
	busy
)

func (s state) String() string { return [...]string{"idle", "busy"}[s] }

type kind string

const (
	small kind = "small"
	large kind = "large"
)

func constants(s state, k kind, ok bool, code int, v any, c codes.Code) {
	count("a") // silent "the value is a constant"
	count(s.String())
	count(fmt.Sprint(s))          // silent "a method of the value's type decides"
	count(string(k))              // silent "the value is boolean, or of an enumeration"
	count(strconv.FormatBool(ok)) // silent "code out of view gives the value, and"
	count(strconv.Itoa(code))
	count(http.StatusText(code))
	count(c.String())
	count(fmt.Sprintf("%T", v)) // silent "the format shows only the type"
	count(reflect.TypeOf(v).String())
	count(runtime.GOOS)
}

func process() {
	host, _ := os.Hostname()
	count(host)
	count(os.Getenv("ZONE"))
}

var zone = flag.String("zone", "a", "")

func configured() { count(*zone) } // silent "the value comes from a package variable,"

func numbered(errno syscall.Errno) { count(errno.Error()) }

func routed(r *http.Request) { count(mux.CurrentRoute(r).GetName()) }

func switched(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch path {
	case "/", "/about", "/help":
	default:
		path = "other"
	}
	count(path) // silent "on every way there, the value has been"
}

func compared(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" || r.URL.Path == "/about" {
		count(r.URL.Path)
	}
	if r.URL.Path != "/" {
		return
	}
	count(r.URL.Path)
}

// Other values than those that were compared still get through here.
func comparedInVain(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/" {
		w.WriteHeader(204)
	}
	count(r.URL.Path) // want `request: each r.URL.Path`
}

var known = map[string]bool{"/": true, "/about": true}

var names = map[string]string{"/": "root", "/about": "about"}

func found(w http.ResponseWriter, r *http.Request) {
	if known[r.URL.Path] {
		count(r.URL.Path)
	}
	if _, ok := names[r.URL.Path]; ok {
		count(r.URL.Path)
	}
	count(names[r.URL.Path])
	path := r.URL.Path
	if _, ok := names[path]; !ok {
		path = "other"
	}
	count(path)
}

var listed = []string{"/", "/about"}

func listedPath(w http.ResponseWriter, r *http.Request) {
	if slices.Contains(listed, r.URL.Path) {
		count(r.URL.Path)
	}
}

func sanitized(w http.ResponseWriter, r *http.Request) {
	count(route(r.URL.Path))
	count(routeOrOther(r.URL.Path))
	if isKnown(r.URL.Path) {
		count(r.URL.Path)
	}
}

func route(path string) string {
	switch {
	case strings.HasPrefix(path, "/api/"):
		return "api"
	case path == "/":
		return "root"
	}
	return "other"
}

func routeOrOther(path string) string {
	switch path {
	case "/", "/about":
		return path
	}
	return "other"
}

func isKnown(path string) bool { return path == "/" || path == "/about" }

// Cutting does not bound.
func cut(w http.ResponseWriter, r *http.Request) {
	count(strings.ToLower(r.URL.Path))          // want `request: each r.URL.Path`
	count(strings.TrimPrefix(r.URL.Path, "/v")) // want `request: each r.URL.Path`
	count(strings.Split(r.URL.Path, "/")[1])    // want `request: each r.URL.Path`
	if len(r.URL.Path) > 10 {
		count(r.URL.Path[:10]) // want `request: each r.URL.Path`
	}
}

var constrained = prometheus.V2.NewCounterVec(prometheus.CounterVecOpts{
	CounterOpts: prometheus.CounterOpts{Name: "bounded_total"},
	VariableLabels: prometheus.ConstrainedLabels{
		{Name: "path", Constraint: route},
	},
})

func constrainedLabel(w http.ResponseWriter, r *http.Request) {
	constrained.WithLabelValues(r.URL.Path).Inc() // silent "the vector is made with constraints"
}

var deleted = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "open"}, []string{"addr"})

// The series of a peer goes along with it.
func tidy(w http.ResponseWriter, r *http.Request) {
	deleted.WithLabelValues(r.RemoteAddr).Inc() // silent "series of the vector are deleted somewhere:"
	defer deleted.DeleteLabelValues(r.RemoteAddr)
}

// What was looked up with success is the name of something that exists.

type bucket struct{ created bool }

type store interface {
	Get(name string) (bucket, error)
	Find(ctx context.Context, name string) (bucket, bool)
	Render(name string) (string, error)
}

func lookedUp(s store, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("bucket")
	b, err := s.Get(name)
	exists := name != "" && err == nil && b.created
	if exists {
		count(name)
	}
	if _, ok := s.Find(r.Context(), name); !ok {
		return
	}
	count(name)
}

var open sync.Map

func loaded(w http.ResponseWriter, r *http.Request) {
	if _, ok := open.Load(r.Host); ok {
		count(r.Host)
	}
}

func lookedUpInVain(s store, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("bucket")
	if _, err := s.Get(name); err != nil {
		count(name) // want `low request: each r.PathValue\("bucket"\)`
	}
	if _, err := s.Render(r.RequestURI); err == nil {
		count(r.RequestURI) // want `request: each r.RequestURI`
	}
	if _, err := http.DefaultClient.Get(r.Host); err == nil {
		count(r.Host) // want `low request: each r.Host`
	}
}

// The operating system has a text for each of its errors, of which there are few.
func failed(path string) {
	var st syscall.Stat_t
	if err := syscall.Stat(path, &st); err != nil {
		count(err.Error())
	}
}

// It is still one of them after functions have handed it on, also in place of nothing.
func failedBelow(path string) {
	if _, err := sizes(path); err != nil {
		count(err.Error())
	}
	if _, err := sizeNamed(path); err != nil {
		count(err.Error()) // want `error: each err`
	}
}

func sizes(path string) (map[string]int64, error) {
	n, err := size(path)
	if err != nil {
		return nil, err
	}
	return map[string]int64{path: n}, nil
}

func size(path string) (int64, error) {
	var st syscall.Stat_t
	err := syscall.Stat(path, &st)
	if err != nil {
		return 0, err
	}
	return st.Size, nil
}

// With the path in its text, it is not.
func sizeNamed(path string) (int64, error) {
	n, err := size(path)
	if err != nil {
		return 0, fmt.Errorf("size of %s: %w", path, err)
	}
	return n, nil
}
