package snapshot_test

import (
	"bytes"
	"runtime/pprof"
	"testing"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
)

func FuzzRead(f *testing.F)       { fuzz(f, "any") }
func FuzzDump(f *testing.F)       { fuzz(f, "dump") }
func FuzzCounts(f *testing.F)     { fuzz(f, "counts") }
func FuzzProfile(f *testing.F)    { fuzz(f, "profile") }
func FuzzExposition(f *testing.F) { fuzz(f, "exposition") }
func FuzzDelimited(f *testing.F)  { fuzz(f, "delimited") }
func FuzzAnswer(f *testing.F)     { fuzz(f, "answer") }

// fuzz checks that no input makes a reader panic or count what is not there.
func fuzz(f *testing.F, name string) {
	for _, seed := range seeds(f) {
		f.Add([]byte(seed))
	}
	reader := snapshot.Readers[name]
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := reader(bytes.NewReader(data))
		if err != nil {
			return
		}
		var sum int64
		for _, st := range s.Stacks {
			sum += st.Count
			if st.Count <= 0 {
				t.Errorf("a stack of %d", st.Count)
			}
		}
		for _, m := range s.Metrics {
			sum += m.Series
		}
		if s.Kind != snapshot.Metrics && sum+s.Dropped != s.Total || s.Kind == snapshot.Metrics && sum != s.Total {
			t.Errorf("it has %d of %d, and %d were dropped", sum, s.Total, s.Dropped)
		}
	})
}

// seeds are inputs of each form.
func seeds(tb testing.TB) []string {
	var goroutine, heap, text bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&goroutine, 0)
	pprof.Lookup("goroutine").WriteTo(&text, 1)
	pprof.Lookup("heap").WriteTo(&heap, 1)
	raw, err := gunzip(goroutine.Bytes())
	if err != nil {
		tb.Fatal(err)
	}
	return []string{
		dump, exposition, exposition + "# EOF\n", goroutine.String(), text.String(), heap.String(), string(raw), string(binaryExposition(tb)),
		"goroutineleak profile: total 2\n2 @ 0x1\n#\t0x1\tmain.f+0x1\t/a.go:1\n",
		`{"status":"success","data":{"result":[{"metric":{"__name__":"m","a":"b"},"value":[1,"2"]}]}}`,
		"[Goroutine 18 in state select, with a.b on top of the stack:\na.b()\n\t/a.go:1 +0x1\n]",
	}
}
