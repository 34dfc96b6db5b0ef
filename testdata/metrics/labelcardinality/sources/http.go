// Package sources has labels from each kind of source.
package sources

import (
	"net/http"

	smithyhttp "github.com/aws/smithy-go/transport/http"
	"github.com/prometheus/client_golang/prometheus"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"what"})

func count(what string) { vec.WithLabelValues(what).Inc() }

func path(w http.ResponseWriter, r *http.Request)    { count(r.URL.Path) }                 // want `request: label "what" of seen_total is unbounded: each r.URL.Path`
func rawPath(w http.ResponseWriter, r *http.Request) { count(r.URL.EscapedPath()) }        // want `request: each r.URL.EscapedPath\(\)`
func whole(w http.ResponseWriter, r *http.Request)   { count(r.URL.String()) }             // want `request: each r.URL.String\(\)`
func uri(w http.ResponseWriter, r *http.Request)     { count(r.RequestURI) }               // want `request: each r.RequestURI`
func query(w http.ResponseWriter, r *http.Request)   { count(r.URL.Query().Get("q")) }     // want `low request: each r.URL.Query\(\).Get\("q"\)`
func raw(w http.ResponseWriter, r *http.Request)     { count(r.URL.RawQuery) }             // want `request: each r.URL.RawQuery`
func header(w http.ResponseWriter, r *http.Request)  { count(r.Header.Get("X-Model")) }    // want `low request: each r.Header.Get\("X-Model"\)`
func values(w http.ResponseWriter, r *http.Request)  { count(r.Header["X-Model"][0]) }     // want `low request: each r.Header\["X-Model"\]`
func host(w http.ResponseWriter, r *http.Request)    { count(r.Host) }                     // want `low request: each r.Host`
func agent(w http.ResponseWriter, r *http.Request)   { count(r.UserAgent()) }              // want `request: each r.UserAgent\(\)`
func referer(w http.ResponseWriter, r *http.Request) { count(r.Referer()) }                // want `request: each r.Referer\(\)`
func form(w http.ResponseWriter, r *http.Request)    { count(r.FormValue("name")) }        // want `low request: each r.FormValue\("name"\)`
func part(w http.ResponseWriter, r *http.Request)    { count(r.PathValue("name")) }        // want `low request: each r.PathValue\("name"\)`
func coding(w http.ResponseWriter, r *http.Request)  { count(r.TransferEncoding[0]) }      // want `low request: each r.TransferEncoding`
func remote(w http.ResponseWriter, r *http.Request)  { count(r.RemoteAddr) }               // want `address: each r.RemoteAddr`
func length(w http.ResponseWriter, r *http.Request)  { count(formatted(r.ContentLength)) } // want `value: each r.ContentLength`

func cookie(w http.ResponseWriter, r *http.Request) {
	c, err := r.Cookie("session")
	if err == nil {
		count(c.Value) // want `low request: each c.Value`
	}
}

// A client's own request has a path that it made from ids, and a host that it
// knows.
type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	count(r.URL.Path) // want `low request: each r.URL.Path is a time series kept until restart; use the name of the operation`
	count(r.URL.Host)
	count(r.Host)
	count(r.Method)
	count(r.Header.Get("X-Model"))
	resp, err := t.next.RoundTrip(r)
	if err == nil {
		count(resp.Header.Get("Server"))
	}
	return resp, err
}

// A middleware of a client gets the request that it sends, too.
func sent(in any) {
	if r, ok := in.(*smithyhttp.Request); ok {
		count(r.URL.Path) // want `low request: each r.URL.Path is a time series kept until restart; use the name of the operation`
		count(r.URL.Host)
		count(r.Method)
	}
}
