package snapshot_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
)

// generated is an input that is made while it is read. It watches the memory in use.
type generated struct {
	size, left int64
	next       func(n int) string
	n          int
	pending    string
	sampled    int64 // megabytes at which the memory was last looked at
	peak       uint64
}

func (g *generated) Read(p []byte) (int, error) {
	if g.pending == "" {
		if g.left <= 0 {
			return 0, io.EOF
		}
		g.pending = g.next(g.n)
		g.n++
		if megabytes := (g.size - g.left) >> 20; megabytes >= g.sampled+4 {
			g.sampled = megabytes
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			g.peak = max(g.peak, m.HeapAlloc)
		}
	}
	n := copy(p, g.pending)
	g.pending, g.left = g.pending[n:], g.left-int64(n)
	return n, nil
}

// Memory is bounded by what is different in an input, and in the end by limits, and not
// by its size.
func TestBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	const mb = 1 << 20
	stack := func(n, kind int) string {
		var b strings.Builder
		fmt.Fprintf(&b, "goroutine %d [chan receive, %d minutes]:\n", n, n%90)
		for i := range 12 {
			fmt.Fprintf(&b, "example.com/shop/pkg%d.(*T).f%d(0xc%07x, 0x2)\n\t/src/pkg%d/file.go:%d +0x1b\n", i, kind, n, i, kind%5000)
		}
		return b.String() + "\n"
	}
	for _, test := range []struct {
		name  string
		size  int64
		limit uint64 // of the memory
		next  func(n int) string
	}{
		{"a dump", 200 * mb, 40 * mb, func(n int) string { return stack(n, n%100) }},
		{"a dump of stacks that all differ", 30 * mb, 120 * mb, func(n int) string { return stack(n, n) }},
		{"a log", 30 * mb, 40 * mb, func(n int) string { return fmt.Sprintf("level=info msg=%d\n", n) }},
		{"a line", 30 * mb, 40 * mb, func(n int) string { return "goroutine 1 [" + strings.Repeat("x", 100) }},
		{"a dump of deep stacks that all differ", 30 * mb, 60 * mb, func(n int) string {
			return "goroutine 1 [select]:\n" + strings.Repeat(fmt.Sprintf("a%d.b()\n\t/a.go:1\n", n), 3000) + "\n"
		}},
		{"a dump of names that all differ", 100 * mb, 60 * mb, func(n int) string {
			return fmt.Sprintf("goroutine 1 [select]:\nexample.com/%d%s.F()\n\t/a.go:1\n\n", n, strings.Repeat("x", 4000))
		}},
		{"an exposition of one line", 30 * mb, 40 * mb, func(n int) string {
			if n == 0 {
				return "# TYPE shop_requests_total counter\nshop_requests_total{path=\""
			}
			return strings.Repeat("x", 100)
		}},
		{"a text profile of one line", 30 * mb, 40 * mb, func(n int) string {
			if n == 0 {
				return "goroutine profile: total 8\n"
			}
			return strings.Repeat("x", 100)
		}},
		{"an answer of one series", 30 * mb, 40 * mb, func(n int) string {
			if n == 0 {
				return `{"status":"success","data":{"result":[{"metric":{"__name__":"m"},"values":[[0,"1"]`
			}
			return `,[1,"1"]`
		}},
		{"an answer that nests", 30 * mb, 40 * mb, func(n int) string {
			if n == 0 {
				return `{"status":"success","data":{"result":`
			}
			return strings.Repeat("[", 100)
		}},
		{"an exposition", 30 * mb, 200 * mb, func(n int) string {
			return fmt.Sprintf("shop_requests_total{path=\"/orders/%d\",code=\"200\"} 1\n", n)
		}},
		{"metrics that all differ", 30 * mb, 120 * mb, func(n int) string { return fmt.Sprintf("shop_requests_%d_total{path=\"/orders\"} 1\n", n) }},
		{"an answer", 30 * mb, 200 * mb, func(n int) string {
			if n == 0 {
				return `{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"m"}}`
			}
			return fmt.Sprintf(`,{"metric":{"__name__":"m","path":"/%d"},"value":[1,"1"]}`, n)
		}},
	} {
		g := &generated{size: test.size, left: test.size, next: test.next}
		s, err := snapshot.Read(test.name, g)
		refused := test.name == "a log" || strings.HasSuffix(test.name, "line") || strings.HasSuffix(test.name, "one series") || strings.HasSuffix(test.name, "nests")
		if (err != nil) != refused {
			t.Errorf("%s: %v", test.name, err)
		}
		if g.peak > test.limit {
			t.Errorf("%s: %d MB are in use, want at most %d", test.name, g.peak/mb, test.limit/mb)
		}
		if s != nil {
			t.Logf("%s: %d of %d MB, %d counted, %d dropped", test.name, g.peak/mb, test.size/mb, s.Total, s.Dropped)
		}
	}
}

// What unfolds to more than any profile has is refused, and takes little memory however
// few bytes say it.
func TestBombs(t *testing.T) {
	const mb = 1 << 20
	// A profile with one type of samples, and some more.
	profile := func(rest string) string { return "\x0a\x04\x08\x01\x10\x02" + rest }
	message := func(field byte, content string) string {
		return string(binary.AppendUvarint([]byte{field<<3 | 2}, uint64(len(content)))) + content
	}
	family := func(rest string) string {
		content := message(1, "shop_requests_total") + rest
		return string(binary.AppendUvarint(nil, uint64(len(content)))) + content
	}
	for name, test := range map[string]struct{ input, want string }{
		"a large profile":           {profile(strings.Repeat(message(6, strings.Repeat("x", 125)), 1<<19)), "more than 32 MB"},
		"a profile of empty parts":  {profile(strings.Repeat("\x12\x00", 1<<21)), "parts"},
		"a stack of many frames":    {profile(message(2, message(1, strings.Repeat("\x01", 30*mb)))), "frames"},
		"a sample of many labels":   {profile(message(2, strings.Repeat("\x1a\x00", 10*mb))), "frames"},
		"a place of many lines":     {profile(message(4, strings.Repeat("\x22\x00", 10*mb))), "frames"},
		"a length beyond the end":   {profile("\x12\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), "the end of the profile is missing"},
		"a length beyond all":       {profile("\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), "the end of the profile is missing"},
		"a family that is long":     {"\xff\xff\xff\x1f\x0a\x02ab", "the first family has"},
		"a family of empty series":  {family(strings.Repeat("\x22\x00", 20*mb)), ""},
		"a family with a long head": {family(message(2, strings.Repeat("x", 10*mb))), "damaged"},
		"a series with many labels": {family(message(4, strings.Repeat("\x0a\x00", 10*mb))), "no series"},
	} {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		io.WriteString(z, test.input)
		z.Close()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := snapshot.Read(name, &out)
		runtime.ReadMemStats(&after)
		if (err != nil) != (test.want != "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if used := (after.Sys - before.Sys) / mb; after.Sys > before.Sys && used > 250 {
			t.Errorf("%s: %d MB", name, used)
		}
	}
}
