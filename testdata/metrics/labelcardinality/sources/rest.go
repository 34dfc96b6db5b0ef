package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"net"
	"net/url"
	"runtime"
	"strconv"
	"time"

	"github.com/IBM/sarama"
	"github.com/go-chi/chi/v5/middleware"
	gofrs "github.com/gofrs/uuid/v5"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/oklog/ulid/v2"
	"github.com/rs/xid"
	"github.com/segmentio/kafka-go"
	"github.com/segmentio/ksuid"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var errKnown = errors.New("known")

func formatted(n int64) string { return strconv.FormatInt(n, 10) }

// error

func failed(err error) {
	if err == nil {
		return
	}
	count(err.Error()) // want `error: each err.Error\(\) .*; use a class of errors, and log the text`
}

func printed(err error)  { count(fmt.Sprintf("failed: %v", err)) } // want `error: each text of err`
func printed2(err error) { count(fmt.Sprint(err)) }                // want `error: each text of err`

func answered(err error) {
	count(status.Convert(err).Message()) // want `error: each status.Convert\(err\).Message\(\)`
	count(status.Code(err).String())
	count(fmt.Sprintf("%T", err))
}

func ofType(err *url.Error, path *fs.PathError) {
	count(err.Error())      // want `error: each err.Error\(\)`
	count(fmt.Sprint(path)) // want `error: each text of path`
}

func recovered() {
	defer func() {
		if v := recover(); v != nil {
			count(fmt.Sprint(v)) // want `error: each recover\(\)`
		}
	}()
}

func classified(err error) {
	count(errKnown.Error()) // silent "the text of the error is one of few:"
	if err == errKnown || err == context.Canceled {
		count(err.Error())
	}
	if errors.Is(err, errKnown) {
		count("known")
	}
}

func ended(ctx context.Context) { count(ctx.Err().Error()) }

// time

func stamped() {
	count(time.Now().Format(time.RFC3339)) // want `time: each time.Now\(\).Format\(time.RFC3339\)`
}

func took(start time.Time) {
	count(time.Since(start).String()) // want `time: each time.Since\(start\).String\(\)`
}

func unix() { count(strconv.FormatInt(time.Now().Unix(), 10)) } // want `time: each time.Now\(\).Unix\(\)`

func weekday() { count(time.Now().Weekday().String()) }

// id

func identified(ctx context.Context, id uuid.UUID) {
	count(uuid.NewString())                                     // want `id: each uuid.NewString\(\)`
	count(id.String())                                          // want `id: each id.String\(\)`
	count(xid.New().String())                                   // want `id: each xid.New\(\).String\(\)`
	count(ulid.Make().String())                                 // want `id: each ulid.Make\(\).String\(\)`
	count(ksuid.New().String())                                 // want `id: each ksuid.New\(\).String\(\)`
	count(gofrs.Must(gofrs.NewV4()).String())                   // want `id: each gofrs.Must\(gofrs.NewV4\(\)\).String\(\)`
	count(trace.SpanContextFromContext(ctx).TraceID().String()) // want `id: TraceID\(\)`
	count(middleware.GetReqID(ctx))                             // want `id: each middleware.GetReqID\(ctx\)`
	count(strconv.Itoa(rand.Int()))                             // want `id: each rand.Int\(\)`
	sum := sha256.Sum256([]byte(uuid.NewString()))
	count(hex.EncodeToString(sum[:])) // want `id: each uuid.NewString\(\)`
}

// One for the whole process.
var instance = uuid.New()

func ofProcess() { count(instance.String()) }

func bucketOf(n int) { count(strconv.Itoa(rand.Int() % 16)) }

// address

func dialed(conn net.Conn) {
	count(conn.RemoteAddr().String()) // want `address: each conn.RemoteAddr\(\).String\(\)`
	count(conn.LocalAddr().Network())
}

func called(ctx context.Context) {
	if p, ok := peer.FromContext(ctx); ok {
		count(p.Addr.String()) // want `address: each p.Addr.String\(\)`
		host, _, _ := net.SplitHostPort(p.Addr.String())
		count(host) // want `low address: each host of p.Addr.String\(\)`
	}
}

// The port is only there if there is none to split off.

func hostOf(conn net.Conn) string {
	addr := conn.RemoteAddr().String()
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	return host
}

func accepted(conn net.Conn) {
	count(hostOf(conn)) // want `low address: each host of conn.RemoteAddr\(\).String\(\)`
	_, port, _ := net.SplitHostPort(conn.RemoteAddr().String())
	count(port) // want `address: each conn.RemoteAddr\(\).String\(\)`
}

// It is put into its usual form, and kept in a field.

type visit struct{ address string }

func usual(addr string) string {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return addr
	}
	return ip.String()
}

func visited(conn net.Conn) {
	countVisit(&visit{usual(conn.RemoteAddr().String())})
}

func countVisit(v *visit) {
	count(v.address) // want `low address: each host of conn.RemoteAddr\(\).String\(\)`
}

// k8s

func reconciled(obj metav1.Object, meta metav1.ObjectMeta) {
	count(string(obj.GetUID()))     // want `k8s: each obj.GetUID\(\)`
	count(obj.GetResourceVersion()) // want `k8s: each obj.GetResourceVersion\(\)`
	count(string(meta.UID))         // want `k8s: each meta.UID`
	count(obj.GetNamespace())
}

// message

func consumed(m *sarama.ConsumerMessage, k kafka.Message) {
	count(string(m.Key))       // want `message: each m.Key`
	count(formatted(m.Offset)) // want `message: each m.Offset`
	count(string(k.Key))       // want `message: each k.Key`
	count(m.Topic)
}

func queried(data pgx.TraceQueryStartData) { count(data.SQL) } // want `message: each data.SQL`

// value

func measured(info fs.FileInfo) {
	count(formatted(info.Size()))               // want `value: each info.Size\(\)`
	count(strconv.Itoa(runtime.NumGoroutine())) // want `value: each runtime.NumGoroutine\(\)`
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	count(strconv.FormatUint(stats.HeapAlloc, 10)) // want `value: each stats.HeapAlloc`
}

// strict
func named(userEmail string, orderID int) {
	vec.WithLabelValues(userEmail).Inc()             // want `low strict: each userEmail`
	vec.WithLabelValues(strconv.Itoa(orderID)).Inc() // want `low strict: each orderID`
}
