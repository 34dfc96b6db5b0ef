package metriclib

import "github.com/ctxlint/ctxlint/internal/model/metriclib/sinktable"

// onceRows lists sinks that usually run once for each thing that they describe.
var onceRows = []sourceRow{
	{sinktable.Prometheus, "", "WrapRegistererWith WrapCollectorWith NewDesc", ""},
	{sinktable.Prometheus, "Opts CounterOpts GaugeOpts HistogramOpts SummaryOpts", "ConstLabels", ""},
	{sinktable.K8s, "CounterOpts GaugeOpts HistogramOpts SummaryOpts TimingHistogramOpts", "ConstLabels", ""},
	{sinktable.Prometheus + "/push", "Pusher", "Grouping", ""},
	{"expvar", "", "Publish", ""},
}

// RunsOnce reports whether a sink usually runs once for each thing that it describes.
func RunsOnce(sink Symbol) bool { return tables().once[sink] }
