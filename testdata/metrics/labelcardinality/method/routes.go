package method

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/mux"
	"github.com/julienschmidt/httprouter"
)

// Callers that have looked at the method.

func dispatch(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		read(w, r)
	case http.MethodPost:
		write(w, r)
	default:
		refuse(w, r)
	}
}

func read(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func write(w http.ResponseWriter, r *http.Request) { deeper(r) }
func deeper(r *http.Request)                       { vec.WithLabelValues(r.Method).Inc() }
func refuse(w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(r.Method).Inc() // want `low method: each r.Method`
	w.WriteHeader(http.StatusMethodNotAllowed)
}

func early(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		http.Error(w, "no", http.StatusMethodNotAllowed)
		return
	}
	defer func() { vec.WithLabelValues(r.Method).Inc() }()
	deeper(r)
}

var allowed = []string{http.MethodGet, http.MethodPut}

func listed(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(allowed, r.Method) {
		return
	}
	vec.WithLabelValues(r.Method).Inc()
}

// One caller that has not looked is enough.

func half(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		shared(r)
		return
	}
	shared(r)
}

func shared(r *http.Request) { vec.WithLabelValues(r.Method).Inc() } // want `low method: each r.Method`

func before(w http.ResponseWriter, r *http.Request) {
	defer func() { vec.WithLabelValues(r.Method).Inc() }() // want `low method: each r.Method`
	if r.Method != http.MethodGet {
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// Routes with a method, or a list of methods, in other forms.

func sum(w http.ResponseWriter, r *http.Request)     { vec.WithLabelValues(r.Method).Inc() }
func handled(c *gin.Context)                         { vec.WithLabelValues(c.Request.Method).Inc() }
func matched(c *gin.Context)                         { vec.WithLabelValues(c.Request.Method).Inc() }
func built(w http.ResponseWriter, r *http.Request)   { vec.WithLabelValues(r.Method).Inc() }
func chained(w http.ResponseWriter, r *http.Request) { vec.WithLabelValues(r.Method).Inc() }
func tabled(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func byVerb(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func anyVerb(w http.ResponseWriter, r *http.Request) { vec.WithLabelValues(r.Method).Inc() }         // want `low method: each r.Method`
func anyGin(c *gin.Context)                          { vec.WithLabelValues(c.Request.Method).Inc() } // want `low method: each c.Request.Method`

type route struct {
	verb, path string
	handler    http.HandlerFunc
}

var table = []route{{http.MethodGet, "/t", tabled}}

var verbs = map[string]http.HandlerFunc{http.MethodGet: byVerb}

func moreRoutes(prefix string, std *http.ServeMux, g *mux.Router, e *gin.Engine) {
	std.HandleFunc("GET "+prefix, sum)
	std.HandleFunc(prefix+"/any", anyVerb)
	e.Handle(http.MethodGet, "/h", handled)
	e.Match([]string{http.MethodGet, http.MethodPost}, "/m", matched)
	e.Any("/any", anyGin)
	g.Methods("GET").Path("/b").HandlerFunc(built)
	g.HandleFunc("/c", chained).Name("c").Methods("PUT")
}

// The method comes through a parameter of a helper, or a field of a table.

func helped(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func posted(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func ranged(w http.ResponseWriter, r *http.Request)  { vec.WithLabelValues(r.Method).Inc() }
func guessed(w http.ResponseWriter, r *http.Request) { vec.WithLabelValues(r.Method).Inc() } // want `low method: each r.Method`

func counted(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next(w, r)
		vec.WithLabelValues(r.Method).Inc()
	}
}

type service struct{ router *httprouter.Router }

func (s *service) handle(verb, path string, h http.HandlerFunc) {
	s.router.HandlerFunc(verb, path, counted(h))
}

func (s *service) post(path string, h http.HandlerFunc) {
	s.router.Handler(http.MethodPost, path, h)
}

type endpoint struct {
	verb, path string
	handler    http.HandlerFunc
}

func (s *service) routes(std *http.ServeMux, verb string) {
	s.handle(http.MethodGet, "/a", helped)
	s.handle(http.MethodPut, "/b", helped)
	s.post("/c", posted)
	for _, e := range []endpoint{{http.MethodGet, "/d", ranged}} {
		s.router.HandlerFunc(e.verb, e.path, e.handler)
	}
	s.router.HandlerFunc(verb, "/e", guessed)
}
