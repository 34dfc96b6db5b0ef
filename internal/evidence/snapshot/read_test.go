package snapshot_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/pprof/profile"
	"github.com/prometheus/common/expfmt"

	dto "github.com/prometheus/client_model/go"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
)

func read(t testing.TB, text string) *snapshot.Snapshot {
	t.Helper()
	s, err := snapshot.Read("input", strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

const dump = `goroutine 1 [running]:
main.main()
	/src/main.go:9 +0x1d

goroutine 18 [chan send, 12 minutes]:
example.com/shop/cart.(*Cart[...]).Add.func1()
	/src/cart/cart.go:30 +0x2b
created by example.com/shop/cart.(*Cart[...]).Add in goroutine 1
	/src/cart/cart.go:28 +0x7a

goroutine 19 [chan send, 3 minutes, locked to thread]:
example.com/shop/cart.(*Cart[...]).Add.func1()
	/src/cart/cart.go:30 +0x2b
created by example.com/shop/cart.(*Cart[...]).Add in goroutine 1
	/src/cart/cart.go:28 +0x7a
`

func TestDump(t *testing.T) {
	want := &snapshot.Snapshot{Name: "input", Kind: snapshot.Goroutines, Format: "dump of goroutines", Total: 3, Stacks: []*snapshot.Stack{
		{
			Frames:  []snapshot.Frame{{Package: "example.com/shop/cart", Func: "(*Cart).Add.func1", File: "/src/cart/cart.go", Line: 30}},
			Created: snapshot.Frame{Package: "example.com/shop/cart", Func: "(*Cart).Add", File: "/src/cart/cart.go", Line: 28},
			Wait:    snapshot.Send, Count: 2, Longest: 12 * 60e9,
		},
		{Frames: []snapshot.Frame{{Package: "main", Func: "main", File: "/src/main.go", Line: 9}}, Wait: snapshot.Running, Count: 1},
	}}
	crash := strings.Replace(dump, "goroutine 18 [", "goroutine 18 gp=0xc000002fc0 m=nil [", 1)
	for name, text := range map[string]string{
		"plain":          dump,
		"crlf":           strings.ReplaceAll(dump, "\n", "\r\n"),
		"crash":          "log: line\npanic: no\n\n" + crash + "exit status 2\n",
		"gp":             crash,
		"log":            "    " + strings.ReplaceAll(strings.TrimSuffix(dump, "\n"), "\n", "\n    ") + "\n",
		"leaked":         strings.ReplaceAll(dump, "chan send, ", "chan send (leaked), "),
		"docker compose": logged(dump, func(n int) string { return "app-1  | " }, "db-1   | main.other()\n"),
		"message":        strings.ReplaceAll("\n"+dump, "\ngoroutine ", "\n2026/11/30 10:14:32 app: goroutine "),
		"kubernetes":     logged(dump, func(n int) string { return fmt.Sprintf("2026-11-30T10:14:%02d.%dZ stderr F ", n%60, 17*n) }, ""),
	} {
		want.Stacks[0].Leaked = name == "leaked"
		if diff := cmp.Diff(want, read(t, text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// logged returns a text as a log has it, with a prefix before each line, and perhaps
// lines of others in between.
func logged(text string, prefix func(n int) string, other string) string {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(text) {
		n++
		b.WriteString(prefix(n) + line + other)
	}
	return b.String()
}

// A profile of leaks has no other goroutines, and says the same as text. With debug=2, it
// is a dump of all goroutines.
func TestLeaks(t *testing.T) {
	const text = "goroutineleak profile: total 80\n80 @ 0x48c2ae 0x419ebc 0x419ab7 0x803a2c 0x493c41\n" +
		"#\t0x803a2b\texample.com/orders/internal/billing.(*Client).Quote.func1+0x12b\texample.com/orders/internal/billing/quote.go:27\n\n"
	profile, err := os.ReadFile(filepath.Join("..", "testdata", "goroutineleak.pb.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for name, input := range map[string]string{"text": text, "profile": string(profile)} {
		s := read(t, input)
		if s.Kind != snapshot.Leaks || s.Total != 80 || len(s.Stacks) != 1 || s.Problem != "" {
			t.Fatalf("%s: %+v", name, s)
		}
		st := s.Stacks[0]
		i := slices.IndexFunc(st.Frames, func(f snapshot.Frame) bool { return f.Package == "example.com/orders/internal/billing" && f.Line == 27 })
		if !st.Leaked || st.Count != 80 || i < 0 {
			t.Errorf("%s: %+v", name, st)
		}
	}
}

// The complaint of goleak, as "go test" prints it, is a dump, too.
func TestGoleak(t *testing.T) {
	for name, text := range map[string]string{
		"without headers": `--- FAIL: TestA (0.44s)
    leaks.go:78: found unexpected goroutines:
        [Goroutine 18 in state chan send, with example.com/shop/cart.Add.func1 on top of the stack:
        example.com/shop/cart.Add.func1()
        	/src/cart/cart.go:30 +0x2b
        created by example.com/shop/cart.Add in goroutine 7
        	/src/cart/cart.go:28 +0x7a
         Goroutine 19 in state chan send, with example.com/shop/cart.Add.func1 on top of the stack:
        example.com/shop/cart.Add.func1()
        	/src/cart/cart.go:30 +0x2b
        created by example.com/shop/cart.Add in goroutine 7
        	/src/cart/cart.go:28 +0x7a
        ]
FAIL
`,
		"with headers": `goleak: Errors on successful test run: found unexpected goroutines:
[Goroutine 18 in state chan send, with example.com/shop/cart.Add.func1 on top of the stack:
goroutine 18 [chan send]:
example.com/shop/cart.Add.func1()
	/src/cart/cart.go:30 +0x2b
created by example.com/shop/cart.Add
	/src/cart/cart.go:28 +0x7a

 Goroutine 19 in state chan send, with example.com/shop/cart.Add.func1 on top of the stack:
goroutine 19 [chan send]:
example.com/shop/cart.Add.func1()
	/src/cart/cart.go:30 +0x2b
created by example.com/shop/cart.Add
	/src/cart/cart.go:28 +0x7a
]
`,
	} {
		times := func(n int) string { return fmt.Sprintf("2026-11-30T10:14:32.%07dZ ", n) }
		for _, text := range []string{text, logged(text, times, "")} {
			s := read(t, text)
			if len(s.Stacks) != 1 || s.Stacks[0].Count != 2 || s.Stacks[0].Wait != snapshot.Send || s.Stacks[0].Created.Line != 28 || s.Problem != "" {
				t.Errorf("%s: %+v %+v", name, s, s.Stacks)
			}
		}
	}
}

// A dump that is cut counts up to there, wherever that is.
func TestCutDump(t *testing.T) {
	for n := range len(dump) {
		s, err := snapshot.Read("input", strings.NewReader(dump[:n]))
		whole := strings.Count(dump[:n], "\n\n") // stacks that have ended
		switch {
		case err != nil && whole > 0:
			t.Errorf("cut at %d: %v", n, err)
		case err == nil && (s.Total < int64(whole) || s.Total > int64(whole)+1):
			t.Errorf("cut at %d: %d goroutines, want %d or one more", n, s.Total, whole)
		case err == nil && s.Total == int64(whole) && s.Problem == "" && !strings.HasSuffix(dump[:n], "\n\n"):
			t.Errorf("cut at %d: nothing says so", n)
		}
	}
}

const exposition = `# HELP shop_requests_total Requests.
# TYPE shop_requests_total counter
shop_requests_total{path="/a",code="200"} 5
shop_requests_total{path="/b",code="200"} 7
shop_requests_total{path="/c}\"",code="500"} 1
# TYPE shop_seconds histogram
shop_seconds_bucket{route="x",le="0.1"} 1
shop_seconds_bucket{route="x",le="+Inf"} 2
shop_seconds_sum{route="x"} 0.5
shop_seconds_count{route="x"} 2
up 1
`

var wantMetrics = []*snapshot.Metric{
	{Name: "shop_requests_total", Series: 3, Labels: []*snapshot.Label{
		{Name: "code", Values: 2, Examples: []string{"200", "500"}}, {Name: "path", Values: 3, Examples: []string{"/a", "/b", `/c}"`}},
	}},
	{Name: "shop_seconds", Series: 1, Labels: []*snapshot.Label{{Name: "route", Values: 1, Examples: []string{"x"}}}},
	{Name: "up", Series: 1},
}

func TestExposition(t *testing.T) {
	open := strings.NewReplacer("_total counter", " counter", "_total Requests", " Requests",
		"\"200\"} 5", "\"200\"} 5 # {trace=\"a}b\"} 0.5 1.5", "le=\"0.1\"} 1", "le=\"0.1\"} 1 1700000000.123", "# TYPE shop_seconds", "# UNIT shop_seconds seconds\n# TYPE shop_seconds").Replace(exposition) +
		"shop_requests_created{path=\"/a\"} 1.7e9\nshop_seconds_created{route=\"x\"} 1.7e9\n# EOF\n"
	for name, text := range map[string]string{
		"prometheus": exposition, "openmetrics": open, "crlf": strings.ReplaceAll(exposition, "\n", "\r\n"), "protobuf": string(binaryExposition(t)),
	} {
		s := read(t, text)
		if s.Kind != snapshot.Metrics || s.Total != 5 || s.Problem != "" {
			t.Errorf("%s: %+v", name, s)
		}
		if diff := cmp.Diff(wantMetrics, s.Metrics, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func binaryExposition(t testing.TB) []byte {
	t.Helper()
	decoder := expfmt.NewDecoder(strings.NewReader(exposition), expfmt.NewFormat(expfmt.TypeTextPlain))
	var out bytes.Buffer
	encoder := expfmt.NewEncoder(&out, expfmt.NewFormat(expfmt.TypeProtoDelim))
	for {
		var f dto.MetricFamily
		if err := decoder.Decode(&f); errors.Is(err, io.EOF) {
			return out.Bytes()
		} else if err != nil {
			t.Fatal(err)
		}
		if err := encoder.Encode(&f); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAnswer(t *testing.T) {
	for name, text := range map[string]string{
		"query": `{"status":"success","data":{"resultType":"vector","result":[
			{"metric":{"__name__":"m_bucket","le":"1","path":"/a","job":"j"},"value":[1.5,"1"]},
			{"metric":{"__name__":"m_bucket","le":"2","path":"/a","job":"j"},"value":[1.5,"1"]},
			{"metric":{"__name__":"m_bucket","le":"2","path":"/b","job":"j"},"value":[1.5,"1"]}]}}`,
		"range":  `{"data":{"result":[{"metric":{"__name__":"m","path":"/a"},"values":[[1,"1"]]},{"metric":{"__name__":"m","path":"/b"},"values":[]}]},"status":"success"}`,
		"series": `{"status":"success","data":[{"__name__":"m","path":"/a"},{"__name__":"m","path":"/b"}]}`,
	} {
		s := read(t, text)
		want := []*snapshot.Metric{{Name: "m", Series: 2, Labels: []*snapshot.Label{{Name: "path", Values: 2, Examples: []string{"/a", "/b"}}}}}
		if diff := cmp.Diff(want, s.Metrics); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// What is no evidence is refused with a reason.
func TestRefused(t *testing.T) {
	var cpu, heap, goroutine bytes.Buffer
	if err := pprof.StartCPUProfile(&cpu); err != nil {
		t.Skip(err)
	}
	pprof.StopCPUProfile()
	pprof.Lookup("heap").WriteTo(&heap, 0)
	pprof.Lookup("goroutine").WriteTo(&goroutine, 0)
	raw, err := gunzip(goroutine.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	only := func(sample string) string {
		var out bytes.Buffer
		p := &profile.Profile{SampleType: []*profile.ValueType{{Type: sample, Unit: "bytes"}}, Sample: []*profile.Sample{{Value: []int64{1}}}}
		if err := p.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	for name, test := range map[string]struct{ input, want string }{
		"bytes":            {only("inuse_space"), "export inuse_objects"},
		"allocations":      {only("alloc_objects"), "all allocations"},
		"empty":            {"", "empty"},
		"blank":            {" \n\n", "empty"},
		"page":             {"<html><a href=goroutine?debug=2>", "HTML"},
		"source":           {"package main\n\nfunc main() {}\n", "no goroutine profile"},
		"cpu":              {cpu.String(), "CPU profile"},
		"mutex":            {"--- mutex:\ncycles/second=1\n", "contention"},
		"threads":          {"threadcreate profile: total 9\n", "threadcreate profile"},
		"half a gzip file": {goroutine.String()[:goroutine.Len()/2], "end of the file is missing"},
		"half a profile":   {string(raw[:len(raw)/2]), "end of the profile is missing"},
		"an executable":    {"\x7fELF\x02\x01\x01\x00\x00", "no goroutine profile"},
		"zeros":            {strings.Repeat("\x00", 9000), "no goroutine profile"},
		"error":            {`{"status":"error","errorType":"bad_data","error":"parse error"}`, "parse error"},
		"sums":             {`{"status":"success","data":{"result":[{"metric":{"a":"b"},"value":[1,"2"]}]}}`, "no name"},
		"nothing found":    {`{"status":"success","data":{"result":[]}}`, "no series"},
		"only comments":    {"# TYPE a counter\n", "no series"},
		"damaged metrics":  {"a 1\nb{ 2\n", "line 2"},
		"cut at once":      {"goroutine 1 [running]:\nmain.ma", "cut in its first stack"},
		"no names":         {"goroutine profile: total 1\n1 @ 0x1 0x2\n", "no names"},
		"long line":        {"a{b=\"" + strings.Repeat("x", 100<<10) + "\"} 1\n", "line 1 has more than"},
	} {
		if s, err := snapshot.Read(name, strings.NewReader(test.input)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %+v, %v; want an error with %q", name, s, err, test.want)
		}
	}
}

func gunzip(data []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Names of functions are those of their declarations.
func TestFrames(t *testing.T) {
	for symbol, want := range map[string]string{
		"main.main":                                     "main main",
		"example.com/a.F.func1":                         "example.com/a F",
		"example.com/a.F.func1.2":                       "example.com/a F",
		"example.com/a.(*T).M.func2.gowrap1":            "example.com/a (*T).M",
		"example.com/a.T.M-fm":                          "example.com/a T.M",
		"example.com/a.F-range1":                        "example.com/a F",
		"example.com/a.F.deferwrap1":                    "example.com/a F",
		"example.com/a.F[...]":                          "example.com/a F",
		"example.com/a.(*T[go.shape.int,x.y/z.T]).M":    "example.com/a (*T).M",
		"gopkg.in/yaml%2ev3.Unmarshal":                  "gopkg.in/yaml.v3 Unmarshal",
		"example.com/cmd/vendor/github.com/x/y.(*C).Do": "github.com/x/y (*C).Do",
		"example.com/a.glob..func1":                     "example.com/a ",
		"example.com/a.init.0":                          "example.com/a init",
		"example.com/a.init.func1":                      "example.com/a init",
	} {
		text := "goroutine profile: total 1\n1 @ 0x1\n#\t0x1\t" + symbol + "+0x1\t/src/a.go:3\n\n"
		f := read(t, text).Stacks[0].Frames[0]
		if got := f.Package + " " + f.Declared(); got != want {
			t.Errorf("%s is %q, want %q", symbol, got, want)
		}
	}
}
