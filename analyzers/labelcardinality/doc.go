// Package labelcardinality defines an Analyzer that finds labels of metrics
// whose values have no bound.
//
// # Analyzer labelcardinality
//
// labelcardinality: find labels of metrics whose values are unbounded
//
// A metric has one time series for each combination of the values of its labels.
// When a value comes from outside, such as the path of a request, the text of an
// error or an identifier, the number of series grows as long as the process runs,
// and with it the memory of the process and of whatever stores the metric. The
// analyzer follows values back from the labels through variables, slices, maps,
// fields, closures and functions, across packages, and reports those that come
// from an unbounded source:
//
//	requests.WithLabelValues(r.URL.Path).Inc() // a series for every URL that anyone tries
//
// Labels are those of Prometheus client_golang, the attributes that OpenTelemetry
// instruments get, tags of statsd clients, names of metrics that are made up at
// run time, and the like in other libraries. An attribute of a span, a log or an
// exemplar is not a label. Values that were compared with constants, found in a
// set or looked up with success are bounded, and so are those that a function lets
// through only as long as it has seen few, route patterns, status
// codes, types and enumerations; a value that is trimmed, cut, changed to lower
// case or hashed is not. A label for the tenants of a service (tenant, org_id,
// project) is there on purpose: a value of a request is no finding there if the
// service has accepted it, in a call that takes it and had to succeed first.
//
// The message says how long a series stays: until restart where the process keeps
// it (Prometheus, VictoriaMetrics, tally, expvar), until it expires (go-metrics), or
// in the backend alone (statsd, InfluxDB, CloudWatch). Newer SDKs of OpenTelemetry
// keep 2000 for each instrument, and make one of all others, the overflow.
//
// The categories are:
//
//   - request: part of a request that a client can choose: path, query, header, host, parameter, cookie,
//     text in the body.
//   - method: the method of a request, which can be any word unless the route or a test fixes it.
//   - error: the text of an error, in which there are addresses, names and numbers.
//   - time: a point in time, or the length of an interval.
//   - id: an identifier that is made up for each request, object or row, a number that is only counted up, or a
//     random number.
//   - address: the address of a peer, with its port, or of an endpoint that was discovered.
//   - k8s: the UID or the resource version of a Kubernetes object.
//   - message: key, value or offset of a message, or the text of a statement.
//   - value: a measured number.
//   - strict: a value that is an identifier by its name, or that of the label.
//
// # Category request
//
// Whoever can send a request can make a series: a scanner that tries a hundred
// thousand paths leaves as many series in every process it reaches, and each
// stays until restart. Memory and scrape times grow with them, and the metrics
// store often gives way before the service does.
//
// Confidence is high for free text, which names nothing: the whole path or target of a request,
// and what a client says of itself (User-Agent, Referer), if each step from there to the label is
// known and nothing on the way bounds the value. It is low for parts with which a client mostly
// names something that there is: a parameter, a header, the host, text in the body or in the
// message of a remote call (gRPC, net/rpc); only whoever runs the service knows how many there
// are. It is low, too, for the path of a request that the program itself sends, which knows the
// paths that there are, and for an object that the handler keeps under the text in a map: the
// program has been told to look after that, and there are as many series. A handler whose
// only routes name their path in full does not get another one, and neither does a request
// that is sent to a URL in which only the address of the server varies.
//
// The helpers of OpenTelemetry that make attributes of a request, such as
// httpconv.ServerRequest, copy its target, host and user agent: they are for spans.
//
// Bad:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"path"})
//
//	func count(w http.ResponseWriter, r *http.Request) {
//		requests.WithLabelValues(r.URL.Path).Inc()
//	}
//
// Good:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"path"})
//
//	func count(w http.ResponseWriter, r *http.Request) {
//		requests.WithLabelValues(r.Pattern).Inc()
//	}
//
// Fix: use the pattern of the route, which every router knows, and a constant for
// requests without one; or compare the value with those that matter and call the
// rest "other". The pattern of a subtree ("/api/") does not tell its paths apart:
// map those that the handler does not know to a constant. What a single request asked for belongs in a log, a span or an
// exemplar.
//
// Silence: when something in front of the service only lets known values through.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
//   - https://prometheus.io/docs/practices/instrumentation/#do-not-overuse-labels
//
// # Category method
//
// A method is any word that the client sends. Most handlers answer an unknown one
// with an error, but by then the metric has counted it. The method is bounded where
// the handler, or every function that calls it, has compared it with known ones, and
// behind a route with a method or a list of methods.
//
// Confidence is always low: any word that a client sends reaches the label,
// but what stands before the handler, a proxy or a router, often lets only a
// few through.
//
// Bad:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"method"})
//
//	func count(w http.ResponseWriter, r *http.Request) {
//		requests.WithLabelValues(r.Method).Inc()
//	}
//
// Good:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"method"})
//
//	func count(w http.ResponseWriter, r *http.Request) {
//		method := "other"
//		switch r.Method {
//		case http.MethodGet, http.MethodPost:
//			method = r.Method
//		}
//		requests.WithLabelValues(method).Inc()
//	}
//
// Fix: compare the method with those that the service knows, or count behind a
// route that fixes the method.
//
// References:
//
//   - https://www.rfc-editor.org/rfc/rfc9110#name-methods
//
// # Category error
//
// The text of an error holds addresses, ports, names of files and of objects, and
// changes with the libraries. An outage makes a series for each connection that
// fails, just when the metrics are needed most.
//
// Confidence is always high: each step from the error to the label is known,
// and nothing sorts the text into classes.
//
// Bad:
//
//	var failures = promauto.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"reason"})
//
//	func failed(err error) {
//		failures.WithLabelValues(err.Error()).Inc()
//	}
//
// Good:
//
//	var failures = promauto.NewCounterVec(prometheus.CounterOpts{Name: "failures_total"}, []string{"reason"})
//
//	func failed(err error) {
//		reason := "other"
//		switch {
//		case errors.Is(err, context.DeadlineExceeded):
//			reason = "timeout"
//		case errors.Is(err, context.Canceled):
//			reason = "canceled"
//		}
//		failures.WithLabelValues(reason).Inc()
//	}
//
// Fix: sort errors into a few classes with errors.Is and errors.As, or use a status
// code. Log the text.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
//   - https://opentelemetry.io/docs/specs/semconv/attributes-registry/error/
//
// # Category time
//
// Every point in time and almost every duration is a value of its own: the metric
// gets a series per event, each with a single sample.
//
// Confidence is always high: each step from the clock to the label is known.
//
// Bad:
//
//	var jobs = promauto.NewCounterVec(prometheus.CounterOpts{Name: "jobs_total"}, []string{"took"})
//
//	func done(start time.Time) {
//		jobs.WithLabelValues(time.Since(start).String()).Inc()
//	}
//
// Good:
//
//	var seconds = promauto.NewHistogram(prometheus.HistogramOpts{Name: "job_duration_seconds"})
//
//	func done(start time.Time) {
//		seconds.Observe(time.Since(start).Seconds())
//	}
//
// Fix: observe a duration in a histogram, and set a gauge to a point in time.
//
// References:
//
//   - https://prometheus.io/docs/practices/instrumentation/#timestamps-not-time-since
//   - https://prometheus.io/docs/practices/histograms/
//
// # Category id
//
// An identifier is made never to recur. As a label it makes a series for each
// request, session or object there ever was.
//
// A number that is only counted up, as in a loop that nothing ends, is one, too. The index
// of an element, or a number that is compared with something, is not.
//
// Confidence is high where each step from the function that makes the identifier to the
// label is known. It is medium for a number that is counted up, by a loop that may end or
// in a variable or field of the package, and for the key of a row that a query returns: a
// column named "id", or the ID of a gorm.Model. How many there are is then up to others.
//
// Bad:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"request"})
//
//	func count() {
//		requests.WithLabelValues(uuid.NewString()).Inc()
//	}
//
// Good:
//
//	var requests = promauto.NewCounter(prometheus.CounterOpts{Name: "requests_total"})
//
//	func count() {
//		requests.(prometheus.ExemplarAdder).AddWithExemplar(1, prometheus.Labels{"request": uuid.NewString()})
//	}
//
// Fix: leave the identifier out of the metric, or take it modulo a constant if it only spreads
// load. A log line or a span carries it, and
// an exemplar leads from the metric to it.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
//   - https://pkg.go.dev/github.com/prometheus/client_golang/prometheus#ExemplarAdder
//
// # Category address
//
// The address of a peer includes its port, which is new with each connection.
// Even without the port there is one for every client.
//
// Confidence is high where the label gets the address with its port, each step from
// the connection to the label being known. It is low for the host that
// net.SplitHostPort finds, even if the label gets the whole address when that fails: a
// service may know how many clients it has. It is medium for endpoints that are
// discovered, by a lookup in DNS, by an EndpointSlice of Kubernetes or by a resolver of gRPC: each
// deployment brings new ones. A collector that makes its series anew for each scrape has as
// many as there are endpoints, and is silent, as is one for rows.
//
// Bad:
//
//	var conns = promauto.NewCounterVec(prometheus.CounterOpts{Name: "connections_total"}, []string{"peer"})
//
//	func accepted(conn net.Conn) {
//		conns.WithLabelValues(conn.RemoteAddr().String()).Inc()
//	}
//
// Good:
//
//	var conns = promauto.NewCounterVec(prometheus.CounterOpts{Name: "connections_total"}, []string{"network"})
//
//	func accepted(conn net.Conn, network string) {
//		switch network {
//		case "tcp", "unix":
//		default:
//			network = "other"
//		}
//		conns.WithLabelValues(network).Inc()
//	}
//
// Fix: count by something that the service knows beforehand: the listener, the
// network, the name of a configured upstream.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
//
// # Category k8s
//
// The UID of an object is new whenever the object is made again, and its resource
// version is new with every change. A controller that runs for weeks keeps a
// series for each state of each object that it has seen.
//
// Confidence is always high: each step from the object to the label is known.
//
// Bad:
//
//	var syncs = promauto.NewCounterVec(prometheus.CounterOpts{Name: "syncs_total"}, []string{"object"})
//
//	func synced(obj *metav1.ObjectMeta) {
//		syncs.WithLabelValues(string(obj.UID)).Inc()
//	}
//
// Good:
//
//	var syncs = promauto.NewCounterVec(prometheus.CounterOpts{Name: "syncs_total"}, []string{"kind"})
//
//	func synced(typ *metav1.TypeMeta) {
//		syncs.WithLabelValues(typ.Kind).Inc()
//	}
//
// Fix: count by kind, controller or outcome. Where one object matters, use its
// namespace and name, and delete the series with the object.
//
// References:
//
//   - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
//
// # Category message
//
// Keys and offsets are as many as there are messages, and the text of a statement
// holds its values. The series grow at the rate of the traffic.
//
// Confidence is always high: each step from the message to the label is known.
//
// Bad:
//
//	var consumed = promauto.NewCounterVec(prometheus.CounterOpts{Name: "consumed_total"}, []string{"key"})
//
//	func consume(m *sarama.ConsumerMessage) {
//		consumed.WithLabelValues(string(m.Key)).Inc()
//	}
//
// Good:
//
//	var consumed = promauto.NewCounterVec(prometheus.CounterOpts{Name: "consumed_total"}, []string{"topic"})
//
//	func consume(m *sarama.ConsumerMessage) {
//		consumed.WithLabelValues(m.Topic).Inc()
//	}
//
// Fix: count by topic, partition or the name of the query. Set a gauge to an offset.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
//
// # Category value
//
// A measured number belongs in the value of a metric. As a label it makes a
// series for each number that ever came up.
//
// Confidence is always high: each step from the measurement to the label is
// known.
//
// Bad:
//
//	var requests = promauto.NewCounterVec(prometheus.CounterOpts{Name: "requests_total"}, []string{"size"})
//
//	func count(r *http.Request) {
//		requests.WithLabelValues(strconv.FormatInt(r.ContentLength, 10)).Inc()
//	}
//
// Good:
//
//	var sizes = promauto.NewHistogram(prometheus.HistogramOpts{Name: "request_size_bytes"})
//
//	func count(r *http.Request) {
//		sizes.Observe(float64(r.ContentLength))
//	}
//
// Fix: observe the number in a histogram or set a gauge to it.
//
// References:
//
//   - https://prometheus.io/docs/practices/histograms/
//
// # Category strict
//
// A parameter or field that is named like an identifier usually is one, even if
// nothing in sight tells where it comes from. A label that is named after users, sessions
// or requests (user_id, session, email, request_id, trace_id) usually has one, too, if
// nothing is known of its value: code out of view gives it, it was received from a channel,
// or nobody in view calls the function. A label for tenants is left alone, and so are labels
// that are set once, those of a collector that makes its series anew for each scrape, and
// values that the standard library tells about the process.
//
// Confidence is always low: only a name says that the value is an identifier, and many an
// identifier is of something of which there are few, such as the disks of a machine.
//
// Bad:
//
//	var logins = promauto.NewCounterVec(prometheus.CounterOpts{Name: "logins_total"}, []string{"session"})
//
//	func loggedIn(sessionID string) {
//		logins.WithLabelValues(sessionID).Inc()
//	}
//
// Good:
//
//	var logins = promauto.NewCounterVec(prometheus.CounterOpts{Name: "logins_total"}, []string{"plan"})
//
//	func loggedIn(plan string) {
//		logins.WithLabelValues(plan).Inc()
//	}
//
// Fix: count by a property that has few values, and log the identifier.
//
// Silence: when the identifiers are few and known, such as those of tenants in the
// configuration.
//
// References:
//
//   - https://prometheus.io/docs/practices/naming/#labels
package labelcardinality

import (
	_ "embed"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

//go:embed doc.go
var doc string

// Documentation is the analyzer's documentation, taken from this file.
var Documentation = doctext.MustParse(doc, "labelcardinality")
