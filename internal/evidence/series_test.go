package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// A label that a finding is about has its values; another with too many is a finding if
// its place is known, and is told otherwise.
func TestSeries(t *testing.T) {
	p := newProgram(t)
	var text strings.Builder
	for i := range 30 {
		fmt.Fprintf(&text, "shop_requests_total{path=\"/%d\",code=\"200\"} 1\nshop_hits_total{item=\"%d\"} 1\nother_total{id=\"%d\"} 1\nshop_ok{a=\"x\"} 1\nshop_held{item=\"%d\"} 1\nshop_open{item=\"%d\"} 1\nb_requests_total{path=\"/\"} 1\n", i, i, i, i, i)
	}
	about := p.finding(t, "send")
	about.Metric = catalog.Metric{Name: "*_requests_total", Label: "path"}
	whole := p.finding(t, "clean") // it does not say which label
	whole.Metric = catalog.Metric{Name: "shop_open"}
	one := p.finding(t, "case")
	one.Metric = catalog.Metric{Name: "shop_ok"}
	hidden := p.finding(t, "start")
	hidden.Metric = catalog.Metric{Name: "shop_held", Label: "item"}
	quiet := p.finding(t, "loop") // one value proves nothing
	quiet.Metric = catalog.Metric{Name: "shop_ok", Label: "a"}
	r := &report.Report{Findings: []*report.Finding{about, whole, one}, Hidden: []*report.Finding{hidden, quiet}, Sinks: []record.Sink{
		{Metric: "shop.hits", Labels: []string{"item"}, Pos: p.finding(t, "case").Pos},
		{Metric: "shop_requests_total", Labels: []string{"path", "code"}, Pos: p.finding(t, "case").Pos},
	}}
	evidence.Lay(r, []*snapshot.Snapshot{read(t, "metrics", text.String())}, p.options())
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Check()+" "+strings.Join(f.Evidence.Sentences(), "; "))
	}
	want := []string{
		`goroutineleak/send label "path" of shop_requests_total has 30 values in 30 time series, such as "/0", "/1", "/2"`,
		`observed/series label "item" of shop_hits_total has 30 values in 30 time series, such as "0", "1", "2"`,
		`goroutineleak/start label "item" of shop_held has 30 values in 30 time series, such as "0", "1", "2"`,
		`goroutineleak/clean shop_open has 30 time series`,
		`goroutineleak/case `,
	}
	if diff := cmp.Diff(want, sortedLike(want, got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Unplaced) != 1 || r.Unplaced[0].Metric != "other_total" || len(r.Hidden) != 1 {
		t.Errorf("%v unplaced, %d hidden", r.Unplaced, len(r.Hidden))
	}
}

// Answers of Prometheus are about one metric each, and only those about the same metric
// come one after the other.
func TestAnswers(t *testing.T) {
	p := newProgram(t)
	answer := func(metric string, n int) *snapshot.Snapshot {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, `,{"__name__":%q,"item":"%d"}`, metric, i)
		}
		return read(t, metric, `{"status":"success","data":[`+text.String()[1:]+"]}")
	}
	first, second := p.finding(t, "send"), p.finding(t, "loop")
	first.Metric, second.Metric = catalog.Metric{Name: "a_total", Label: "item"}, catalog.Metric{Name: "b_total", Label: "item"}
	r := &report.Report{Findings: []*report.Finding{first, second}}
	evidence.Lay(r, []*snapshot.Snapshot{answer("a_total", 2), answer("b_total", 3), answer("a_total", 4), answer("c_total", 50)}, p.options())
	want := []string{
		`label "item" of a_total has 4 values in 4 time series, such as "0", "1", "2"; one input after the other: 2, 4`,
		`label "item" of b_total has 3 values in 3 time series, such as "0", "1", "2"`,
	}
	if diff := cmp.Diff(want, append(first.Evidence.Sentences(), second.Evidence.Sentences()...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Unplaced) != 1 || r.Unplaced[0].Metric != "c_total" {
		t.Errorf("unplaced: %+v", r.Unplaced)
	}
}
