package metriclib

import (
	"iter"
	"strings"
)

// sinkRow is a row of the table of sinks: each of the methods of each of the
// receivers ("" for functions), separated by spaces.
type sinkRow struct {
	pkg, recvs, names string
	param             int
	form              Form
	retention         Retention
}

const (
	prometheus = "github.com/prometheus/client_golang/prometheus"
	otelmetric = "go.opentelemetry.io/otel/metric"
	k8smetrics = "k8s.io/component-base/metrics"
	victoria   = "github.com/VictoriaMetrics/metrics"
	rcrowley   = "github.com/rcrowley/go-metrics"
	ethereum   = "github.com/ethereum/go-ethereum/metrics"
	tally      = "github.com/uber-go/tally"
	statsd     = "github.com/DataDog/datadog-go/statsd"
	cactus     = "github.com/cactus/go-statsd-client/statsd"
	gozero     = "github.com/zeromicro/go-zero/core/metric"
	ocTag      = "go.opencensus.io/tag"
	influx     = "github.com/influxdata/influxdb-client-go/api/write"
	cloudwatch = "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	otelmux    = "go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux"
	otelecho   = "go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho"
)

var sinkRows = []sinkRow{
	{prometheus, "MetricVec CounterVec GaugeVec HistogramVec SummaryVec ObserverVec", "GetMetricWithLabelValues", 0, Values, Kept},
	{prometheus, "MetricVec CounterVec GaugeVec HistogramVec SummaryVec ObserverVec", "GetMetricWith", 0, Map, Kept},
	{prometheus, "MetricVec CounterVec GaugeVec HistogramVec SummaryVec ObserverVec", "CurryWith", 0, Map, Kept},
	{prometheus, "CounterVec GaugeVec HistogramVec SummaryVec ObserverVec", "WithLabelValues", 0, Values, Kept},
	{prometheus, "CounterVec GaugeVec HistogramVec SummaryVec ObserverVec", "With MustCurryWith", 0, Map, Kept},
	{prometheus, "", "NewConstMetric MustNewConstMetric", 3, Values, Rebuilt},
	{prometheus, "", "NewConstMetricWithCreatedTimestamp MustNewConstMetricWithCreatedTimestamp NewConstHistogram MustNewConstHistogram NewConstSummary MustNewConstSummary", 4, Values, Rebuilt},
	{prometheus, "", "NewConstHistogramWithCreatedTimestamp MustNewConstHistogramWithCreatedTimestamp NewConstSummaryWithCreatedTimestamp MustNewConstSummaryWithCreatedTimestamp", 5, Values, Rebuilt},
	{prometheus, "", "NewConstNativeHistogram MustNewConstNativeHistogram", 9, Values, Rebuilt},
	{prometheus, "", "MakeLabelPairs", 1, Values, Rebuilt},
	{prometheus, "", "WrapRegistererWith WrapCollectorWith", 0, Map, Kept},
	{prometheus, "", "NewDesc", 3, Map, Kept},
	{prometheus + "/push", "Pusher", "Grouping", 1, Value, Kept},
	{prometheus + "/promhttp", "", "WithLabelFromRequest WithLabelFromCtx", 1, Result, Kept},

	{otelmetric, "", "WithAttributes WithAttributeSet", 0, Attributes, Limited},
	{"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp", "Labeler", "Add", 0, Attributes, Limited},
	{"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp", "", "WithMetricAttributesFn", 0, Result, Limited},
	{"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc", "", "WithMetricAttributes", 0, Attributes, Limited},
	{"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc", "", "WithMetricAttributesFn", 0, Result, Limited},

	{"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin", "", "WithMetricAttributeFn WithGinMetricAttributeFn", 0, Result, Limited},

	{victoria, " Set", "GetOrCreateCounter GetOrCreateFloatCounter GetOrCreateGauge GetOrCreateHistogram GetOrCreateSummary GetOrCreateSummaryExt NewCounter NewFloatCounter NewGauge NewHistogram NewSummary NewSummaryExt", 0, Name, Kept},
	{victoria, "", "WriteGaugeUint64 WriteGaugeFloat64 WriteCounterUint64 WriteCounterFloat64", 1, Name, Rebuilt},

	{"github.com/hashicorp/go-metrics", " Metrics", "SetGaugeWithLabels SetPrecisionGaugeWithLabels IncrCounterWithLabels AddSampleWithLabels MeasureSinceWithLabels", 2, Labels, Expires},
	{"github.com/armon/go-metrics", " Metrics", "SetGaugeWithLabels IncrCounterWithLabels AddSampleWithLabels MeasureSinceWithLabels", 2, Labels, Expires},
	{"github.com/hashicorp/go-metrics", " Metrics", "SetGauge SetPrecisionGauge IncrCounter AddSample MeasureSince SetGaugeWithLabels SetPrecisionGaugeWithLabels IncrCounterWithLabels AddSampleWithLabels MeasureSinceWithLabels", 0, Name, Expires},
	{"github.com/armon/go-metrics", " Metrics", "SetGauge IncrCounter AddSample MeasureSince SetGaugeWithLabels IncrCounterWithLabels AddSampleWithLabels MeasureSinceWithLabels", 0, Name, Expires},

	{"github.com/go-kit/kit/metrics", "Counter Gauge Histogram", "With", 0, Pairs, Kept},

	{tally, "Scope", "Tagged", 0, Map, Kept},
	{tally, "Scope", "SubScope Counter Gauge Timer Histogram", 0, Name, Kept},

	{statsd, "ClientInterface Client", "Incr Decr", 1, Tags, Billed},
	{statsd, "ClientInterface Client", "Gauge GaugeWithTimestamp Count CountWithTimestamp Histogram Distribution Set Timing TimeInMilliseconds", 2, Tags, Billed},
	{statsd, "ClientInterface Client", "Incr Decr Gauge GaugeWithTimestamp Count CountWithTimestamp Histogram Distribution Set Timing TimeInMilliseconds", 0, Name, Billed},
	{statsd, "", "WithTags", 0, Tags, Billed},

	{cactus, "StatSender Client", "Inc Dec Gauge GaugeDelta Timing TimingDuration Set SetInt Raw", 3, Labels, Billed},
	{cactus, "StatSender Client", "Inc Dec Gauge GaugeDelta Timing TimingDuration Set SetInt Raw", 0, Name, Billed},
	{cactus, "SubStatter Client", "NewSubStatter", 0, Name, Billed},

	{ocTag, "", "Upsert Insert Update", 1, Value, Kept},

	{k8smetrics, "CounterVec GaugeVec HistogramVec SummaryVec TimingHistogramVec CounterVecWithContext GaugeVecWithContext HistogramVecWithContext SummaryVecWithContext CounterVecMetric GaugeVecMetric", "WithLabelValues", 0, Values, Kept},
	{k8smetrics, "CounterVec GaugeVec HistogramVec SummaryVec TimingHistogramVec CounterVecWithContext GaugeVecWithContext HistogramVecWithContext SummaryVecWithContext CounterVecMetric GaugeVecMetric", "With", 0, Map, Kept},
	{k8smetrics, "GaugeVec TimingHistogramVec", "WithLabelValuesChecked", 0, Values, Kept},
	{k8smetrics, "GaugeVec TimingHistogramVec", "WithChecked", 0, Map, Kept},
	{k8smetrics, "", "NewConstMetric NewLazyConstMetric", 3, Values, Rebuilt},

	{rcrowley, "", "GetOrRegister Register MustRegister GetOrRegisterCounter NewRegisteredCounter GetOrRegisterGauge NewRegisteredGauge NewRegisteredFunctionalGauge GetOrRegisterGaugeFloat64 NewRegisteredGaugeFloat64 NewRegisteredFunctionalGaugeFloat64 GetOrRegisterHistogram NewRegisteredHistogram GetOrRegisterMeter NewRegisteredMeter GetOrRegisterTimer NewRegisteredTimer", 0, Name, Kept},
	{rcrowley, "Registry", "GetOrRegister Register", 0, Name, Kept},
	{ethereum, "", "GetOrRegister Register MustRegister GetOrRegisterCounter NewRegisteredCounter GetOrRegisterCounterFloat64 NewRegisteredCounterFloat64 GetOrRegisterGauge NewRegisteredGauge GetOrRegisterGaugeFloat64 NewRegisteredGaugeFloat64 GetOrRegisterGaugeInfo NewRegisteredGaugeInfo GetOrRegisterHistogram GetOrRegisterHistogramLazy NewRegisteredHistogram GetOrRegisterMeter NewRegisteredMeter GetOrRegisterTimer NewRegisteredTimer GetOrRegisterResettingTimer NewRegisteredResettingTimer", 0, Name, Kept},
	{ethereum, "Registry", "GetOrRegister Register", 0, Name, Kept},

	{"expvar", "Map", "Add AddFloat Set", 0, Name, Kept},
	{"expvar", "", "Publish NewInt NewFloat NewString NewMap", 0, Name, Kept},

	{gozero, "CounterVec GaugeVec", "Inc", 0, Values, Kept},
	{gozero, "GaugeVec", "Dec", 0, Values, Kept},
	{gozero, "CounterVec GaugeVec", "Add", 1, Values, Kept},
	{gozero, "GaugeVec", "Set Sub", 1, Values, Kept},
	{gozero, "HistogramVec SummaryVec", "Observe", 1, Values, Kept},
	{gozero, "HistogramVec", "ObserveFloat", 1, Values, Kept},

	{influx, "", "NewPoint", 1, Map, Billed},
	{influx, "Point", "AddTag", 1, Value, Billed},

	// The module proxy of the tests lacks these, or has only versions that are
	// too old; see unpinned.
	{otelmux, "", "WithMetricAttributesFn", 0, Result, Limited},
	{otelecho, "", "WithMetricAttributeFn WithEchoMetricAttributeFn", 0, Result, Limited},
	{"gofr.dev/pkg/gofr/metrics", "Manager", "IncrementCounter", 2, Pairs, Kept},
	{"gofr.dev/pkg/gofr/metrics", "Manager", "DeltaUpDownCounter RecordHistogram", 3, Pairs, Kept},
	{"gofr.dev/pkg/gofr/metrics", "Manager", "SetGauge", 2, Pairs, Kept},
	{"github.com/smira/go-statsd", "Client", "Incr Decr FIncr FDecr Gauge GaugeDelta FGauge FGaugeDelta Timing PrecisionTiming SetAdd", 2, Labels, Billed},
	{"github.com/alexcesaro/statsd", "", "Tags", 0, Pairs, Billed},
	{"gopkg.in/alexcesaro/statsd", "", "Tags", 0, Pairs, Billed},
	{"github.com/segmentio/stats", " Engine", "Incr", 1, Labels, Billed},
	{"github.com/segmentio/stats", " Engine", "Add Set Observe", 2, Labels, Billed},
	{"github.com/Depado/ginprom", "Prometheus", "IncrementGaugeValue IncrementCounterValue", 1, Values, Kept},
	{"github.com/Depado/ginprom", "Prometheus", "SetGaugeValue AddGaugeValue AddCounterValue AddCustomHistogramValue", 1, Values, Kept},
	{"github.com/penglongli/gin-metrics/ginmetrics", "Metric", "Inc SetGaugeValue Add Observe", 0, Values, Kept},
}

// unpinned are packages that the test of the tables cannot download.
var unpinned = map[string]bool{
	otelmux:                                        true,
	otelecho:                                       true,
	"gofr.dev/pkg/gofr/metrics":                    true,
	"github.com/smira/go-statsd":                   true,
	"github.com/alexcesaro/statsd":                 true,
	"gopkg.in/alexcesaro/statsd":                   true,
	"github.com/segmentio/stats":                   true,
	"github.com/Depado/ginprom":                    true,
	"github.com/penglongli/gin-metrics/ginmetrics": true,
}

// A StructSink is a struct field whose values become time series: the constant
// labels of a collector, the dimensions of a datum.
type StructSink struct {
	Symbol
	Form      Form
	Retention Retention
}

// StructSinkOf returns the sink that a field is, or false if it is not a sink.
func StructSinkOf(field Symbol) (StructSink, bool) {
	s, ok := tables().structSinks[field]
	return s, ok
}

var structSinkRows = []sinkRow{
	{prometheus, "Opts CounterOpts GaugeOpts HistogramOpts SummaryOpts", "ConstLabels", 0, Map, Kept},
	{k8smetrics, "CounterOpts GaugeOpts HistogramOpts SummaryOpts TimingHistogramOpts", "ConstLabels", 0, Map, Kept},
	{cloudwatch, "Dimension", "Value", 0, Value, Billed},
}

func (r sinkRow) symbols() iter.Seq[Symbol] { return symbols(r.pkg, r.recvs, r.names) }

// onceRows lists sinks that usually run once for each thing that they describe.
var onceRows = []sourceRow{
	{prometheus, "", "WrapRegistererWith WrapCollectorWith NewDesc", ""},
	{prometheus, "Opts CounterOpts GaugeOpts HistogramOpts SummaryOpts", "ConstLabels", ""},
	{k8smetrics, "CounterOpts GaugeOpts HistogramOpts SummaryOpts TimingHistogramOpts", "ConstLabels", ""},
	{prometheus + "/push", "Pusher", "Grouping", ""},
	{"expvar", "", "Publish", ""},
}

// RunsOnce reports whether a sink usually runs once for each thing that it describes.
func RunsOnce(sink Symbol) bool { return tables().once[sink] }

// symbols returns the symbols that a row of a table names: each of the names of
// each of the receivers.
func symbols(pkg, recvs, names string) iter.Seq[Symbol] {
	return func(yield func(Symbol) bool) {
		for recv := range strings.SplitSeq(recvs, " ") {
			for name := range strings.FieldsSeq(names) {
				if !yield(Symbol{pkg, recv, name}) {
					return
				}
			}
		}
	}
}
