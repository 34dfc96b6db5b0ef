package metriclib

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// A Category says where an unbounded value comes from. It is also the category
// of the diagnostic.
type Category string

// The categories of sources.
const (
	Request Category = "request" // what a client wrote into its request
	Method  Category = "method"  // the method of an HTTP request that a server received
	Error   Category = "error"   // the text of an error
	Time    Category = "time"    // a moment or the length of an interval
	ID      Category = "id"      // an identifier, a number that only counts up, or a random number
	Address Category = "address" // the address of a peer, with its port, or of what was discovered
	K8s     Category = "k8s"     // the identity or version of a Kubernetes object
	Message Category = "message" // the key, offset or text of a message or a statement
	Number  Category = "value"   // a measured number
	Strict  Category = "strict"  // something named like an identifier
)

// sourceRow is a row of the tables of sources: each of the names of each of the
// receivers.
type sourceRow struct {
	pkg, recvs, names string
	category          Category
}

const (
	k8smeta = "k8s.io/apimachinery/pkg/apis/meta" // without /v1, as Canonical has it
)

// callRows lists functions and methods whose results (other than errors and
// bools) are unbounded; those of frameworks for web services are in package
// web.
var callRows = []sourceRow{
	{"github.com/cloudwego/hertz/pkg/app", "RequestContext", "Method", Method},
	{"github.com/cloudwego/hertz/pkg/app", "RequestContext", "RemoteAddr", Address},
	{"github.com/julienschmidt/httprouter", "Params", "ByName", Request},
	{"google.golang.org/grpc/metadata", "", "FromIncomingContext ValueFromIncomingContext", Request},

	{"google.golang.org/grpc/internal/status", "Status", "Message", Error}, // status.Status is an alias,

	{"net/url", "Error", "Error", Error},
	{"net", "OpError DNSError", "Error", Error},
	{"io/fs", "PathError", "Error", Error},
	{"os", "LinkError", "Error", Error},
	{"strconv", "NumError", "Error", Error},

	{"time", "", "Now Since Until", Time},

	{"github.com/google/uuid", "", "New NewString NewRandom NewUUID NewV6 NewV7 Must", ID},
	{"github.com/google/uuid", "UUID", "String URN", ID},
	{"github.com/gofrs/uuid", "", "NewV1 NewV4 NewV6 NewV7", ID},
	{"github.com/gofrs/uuid", "UUID", "String", ID},
	{"github.com/rs/xid", "", "New NewWithTime", ID},
	{"github.com/rs/xid", "ID", "String", ID},
	{"github.com/oklog/ulid", "", "Make New MustNew MustNewDefault", ID},
	{"github.com/oklog/ulid", "ULID", "String", ID},
	{"github.com/segmentio/ksuid", "", "New NewRandom", ID},
	{"github.com/segmentio/ksuid", "KSUID", "String", ID},
	{"crypto/rand", "", "Text", ID},
	{"math/rand", "", "Int Int63 Int31 Uint32 Uint64 Float64", ID},
	{"go.opentelemetry.io/otel/trace", "TraceID SpanID", "String", ID},
	{"go.opentelemetry.io/otel/trace", "SpanContext", "TraceID SpanID", ID},
	{"github.com/go-chi/chi/middleware", "", "GetReqID", ID},

	{"net", "Conn conn", "RemoteAddr", Address}, // conn has the methods of TCPConn and others,
	{"crypto/tls", "Conn", "RemoteAddr", Address},

	{k8smeta, "Object ObjectMeta", "GetUID GetResourceVersion", K8s},

	{"database/sql", "Result", "LastInsertId", ID},
	{"database/sql", "Result", "RowsAffected", Number},

	{"io/fs", "FileInfo", "Size", Number},
	{"runtime", "", "NumGoroutine NumCgoCall", Number},
}

// fieldRows lists fields whose values are unbounded.
var fieldRows = []sourceRow{
	{"net/http", "Request", "URL RequestURI Header Trailer Host Form PostForm MultipartForm TransferEncoding Body", Request},
	{"net/http", "Request", "RemoteAddr", Address},
	{"net/http", "Request", "Method", Method},
	{"net/http", "Request Response", "ContentLength", Number},
	{"google.golang.org/grpc/peer", "Peer", "Addr", Address},
	{"google.golang.org/grpc/stats", "RPCTagInfo", "FullMethodName", Request},
	{"google.golang.org/grpc/stats", "ConnTagInfo", "RemoteAddr", Address},
	{k8smeta, "ObjectMeta", "UID ResourceVersion", K8s},
	{"github.com/IBM/sarama", "ConsumerMessage", "Key Value Offset", Message},
	{"github.com/Shopify/sarama", "ConsumerMessage", "Key Value Offset", Message},
	{"github.com/segmentio/kafka-go", "Message", "Key Value Offset", Message},
	{"github.com/jackc/pgx", "TraceQueryStartData", "SQL", Message},
	{"runtime", "MemStats", "Alloc TotalAlloc Sys HeapAlloc HeapInuse HeapObjects NumGC", Number},
}

// IsWhole reports whether a field or method of a request with that name, which the tables list,
// has free text: the whole target of the request, or what the client says of itself.
func IsWhole(name string) bool {
	switch name {
	case "RequestURI", "OriginalURL", "Path", "URI", "UserAgent", "Referer":
		return true
	}
	return false
}

// Values of these are as many as the things that are there: endpoints that are discovered,
// rows of a table.
var (
	outsideCalls = []sourceRow{
		{"net", "", "LookupHost LookupIP LookupAddr", Address},
		{"net", "Resolver", "LookupHost LookupIP LookupIPAddr LookupNetIP LookupAddr", Address},
	}
	outsideFields = []sourceRow{
		{"net", "SRV", "Target Port", Address},
		{"net", "MX NS", "Host", Address},
		{"google.golang.org/grpc/resolver", "Address", "Addr", Address},
		{"k8s.io/api/core", "EndpointAddress", "IP Hostname", Address},
		{"k8s.io/api/core", "PodStatus", "PodIP", Address},
		{"k8s.io/api/discovery", "Endpoint", "Addresses Hostname", Address},
		{"gorm.io/gorm", "Model", "ID", ID},
	}
)

// IsOutside reports whether the results of fn are as many as there are things of some kind
// outside the program, which may be few.
func IsOutside(fn *types.Func) bool {
	s, ok := SymbolOf(fn)
	return ok && IsOutsideField(s)
}

// IsOutsideField is [IsOutside] for a field.
func IsOutsideField(field Symbol) bool {
	_, ok := tables().outside[field]
	return ok
}

// webRows lists what the frameworks for web services tell about requests: what
// their methods return, or decode into their first argument.
func webRows(of func(web.Framework) string) []sourceRow {
	var rows []sourceRow
	for _, f := range web.Frameworks() {
		if names := of(f); names != "" {
			rows = append(rows, sourceRow{importpath.Canonical(f.Path), f.Type, names, Request})
		}
	}
	return rows
}

// unpinnedSources are packages that the test of the tables cannot download,
// because they are former paths of others.
var unpinnedSources = map[string]bool{"github.com/Shopify/sarama": true}

var uidTypes = map[Symbol]bool{{"k8s.io/apimachinery/pkg/types", "", "UID"}: true}

// SourceOf returns the category of the results of fn, or false if fn is not a
// source.
func SourceOf(fn *types.Func) (Category, bool) {
	s, ok := SymbolOf(fn)
	if !ok {
		return "", false
	}
	if c, ok := tables().calls[s]; ok {
		return c, true
	}
	return semconvSource(s)
}

// FieldSource returns the category of a field, or false if it is not a source.
func FieldSource(field Symbol) (Category, bool) {
	c, ok := tables().fields[field]
	return c, ok
}

// Binds reports whether a method decodes a request into its first argument.
func Binds(method Symbol) bool {
	_, ok := tables().binds[method]
	return ok
}

// IsUID reports whether t is the type of the identity of a Kubernetes object.
func IsUID(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && uidTypes[Symbol{importpath.Canonical(named.Obj().Pkg().Path()), "", named.Obj().Name()}]
}
