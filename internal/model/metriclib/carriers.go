package metriclib

import "go/types"

// A carrier passes values on: the result of a call, or a field, is bounded if
// what it is made from is.
//
// carrierRow is a row of the table of functions: params are the indices of the
// parameters that the results are made from, where -1 is the receiver.
type carrierRow struct {
	pkg, recvs, names string
	params            []int
}

var (
	receiver = []int{-1}
	first    = []int{0}
)

var carrierRows = []carrierRow{
	{"strings", "", "ToLower ToUpper ToTitle Title TrimSpace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimFunc TrimLeftFunc TrimRightFunc Split SplitN SplitAfter SplitAfterN Fields FieldsFunc Cut CutPrefix CutSuffix Clone ToValidUTF8 Repeat SplitSeq FieldsSeq", first},
	{"strings", "", "Join", first},
	{"strings", "", "Replace", []int{0, 2}},
	{"strings", "", "ReplaceAll", []int{0, 2}},
	{"strings", "", "Map", []int{1}},
	{"strings", "Builder", "String", receiver},
	{"strings", "Replacer", "Replace", first},
	{"bytes", "", "ToLower ToUpper TrimSpace Trim TrimPrefix TrimSuffix Split Clone", first},
	{"bytes", "Buffer", "String Bytes", receiver},
	{"path", "", "Clean Base Dir Join Ext", first},
	{"path/filepath", "", "Clean Base Dir Join", first},
	{"strconv", "", "Itoa FormatInt FormatUint FormatFloat Quote QuoteToASCII", first},
	{"strconv", "", "AppendInt", []int{0, 1}},
	{"unicode/utf8", "", "AppendRune", first},
	{"slices", "", "Clone Concat Sorted Collect", first},
	{"maps", "", "Clone", first},
	{"cmp", "", "Or", first},
	{"html", "", "EscapeString", first},

	{"fmt", "", "Sprint Sprintln", first},
	{"fmt", "", "Sprintf", []int{0, 1}},
	{"fmt", "Stringer", "String", receiver},

	{"encoding/hex", "", "EncodeToString", first},
	{"encoding/base64", "Encoding", "EncodeToString", first},
	{"crypto/sha256", "", "Sum256 Sum224", first},
	{"crypto/sha1", "", "Sum", first},
	{"crypto/sha512", "", "Sum512", first},
	{"crypto/md5", "", "Sum", first},
	{"hash/crc32", "", "ChecksumIEEE", first},

	{"net/url", "", "PathEscape QueryEscape PathUnescape QueryUnescape", first},
	{"net/url", "URL", "String EscapedPath EscapedFragment RequestURI Query Hostname Port JoinPath Redacted", receiver},
	{"net/url", "Values", "Get Encode", receiver},
	{"net/http", "Header", "Get Values Clone", receiver},
	{"net/http", "Cookie", "String", receiver},
	{"net/textproto", "MIMEHeader", "Get Values", receiver},
	{"google.golang.org/grpc/metadata", "MD", "Get", receiver},

	{"net", "", "SplitHostPort JoinHostPort ParseIP", first},
	{"net", "Addr TCPAddr UDPAddr IPAddr UnixAddr", "String", receiver},
	{"net", "IP IPNet", "String", receiver},
	{"net/netip", "Addr AddrPort", "String", receiver},
	{"net/netip", "AddrPort", "Addr", receiver},

	{"time", "Time", "Format String Unix UnixMilli UnixMicro UnixNano UTC Local In Add Sub Truncate Round", receiver},
	{"time", "Duration", "String Seconds Milliseconds Microseconds Nanoseconds Minutes Hours Round Truncate", receiver},

	{"github.com/google/uuid", "", "MustParse Parse", first},
	{"github.com/gofrs/uuid", "", "Must", first},
	{"github.com/segmentio/ksuid", "", "Parse", first},

	{"go.opentelemetry.io/otel/attribute", "", "String StringSlice Stringer Int Int64 Float64 IntSlice Int64Slice", []int{1}},
	{"go.opentelemetry.io/otel/attribute", "Key", "String StringSlice Int Int64 Float64", first},
	{"go.opentelemetry.io/otel/attribute", "", "NewSet StringValue IntValue Int64Value Float64Value StringSliceValue", first},
}

// carrierFields lists fields that are bounded if the struct that they belong to
// is.
var carrierFields = []sourceRow{
	{"net/url", "URL", "Path RawPath RawQuery Fragment Opaque Host", ""},
	{"net/http", "Cookie", "Value", ""},
	{"net", "TCPAddr UDPAddr", "IP Port", ""},
	{"net", "IPAddr", "IP", ""},
	{"go.opentelemetry.io/otel/attribute", "KeyValue", "Value", ""},
}

// Carries returns the parameters of fn that its results are made from, -1 for
// the receiver, and whether they are known to be made from nothing else.
func Carries(fn *types.Func) ([]int, bool) {
	s, ok := SymbolOf(fn)
	if !ok {
		return nil, false
	}
	if params, ok := tables().carriers[s]; ok {
		return params, true
	}
	if isAttribute(s, fn) {
		return carriedAttributes(fn), true
	}
	return nil, false
}

// CarriesField reports whether the field is bounded if its struct is.
func CarriesField(field Symbol) bool {
	_, ok := tables().carrierFields[field]
	return ok
}
