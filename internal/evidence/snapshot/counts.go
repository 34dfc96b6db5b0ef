package snapshot

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// The lines of a profile as text (debug=1): a header, for each stack a line of counts
// and addresses, and a line for each frame.
var (
	countLine  = lazyregexp.New(`^(\d+) @`)
	heapLine   = lazyregexp.New(`^(\d+): (\d+) \[\d+: \d+\] @`)
	frameLine  = lazyregexp.New(`^#\t0x[0-9a-f]+\t(.+)\+0x[0-9a-f]+\t+(.+):(\d+)$`)
	heapHeader = lazyregexp.New(`^heap profile: .*@ heap/(\d+)`)
)

// readCounts reads a profile of goroutines or of the heap in the form of debug=1.
func readCounts(r io.Reader) (*Snapshot, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	c := &counts{stacks: newStacks()}
	for lines.Scan() {
		line := strings.TrimRight(lines.Text(), "\r")
		if c.kind == "" {
			if err := c.header(line); err != nil {
				return nil, err
			}
			continue
		}
		c.line(line)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("after %d stacks: %w", len(c.stacks.byKey), err)
	}
	c.flush()
	if c.named == 0 && c.stacks.total > 0 {
		return nil, errNoNames
	}
	s := c.stacks.snapshot(c.kind, c.format)
	if c.kind != Heap && c.stacks.total < c.want {
		s.Problem = fmt.Sprintf("the end is missing: it has %d of %d goroutines", c.stacks.total, c.want)
	}
	return s, nil
}

var kindOfGoroutines = map[string]Kind{"goroutine": Goroutines, "goroutineleak": Leaks}

var errNoNames = errors.New("the profile has addresses and no names of functions: take it again with debug=2")

type counts struct {
	stacks  *stacks
	kind    Kind
	format  string
	want    int64
	rate    float64 // bytes between two samples of the heap
	named   int
	current Stack
}

func (c *counts) header(line string) error {
	m := countsHeader.FindStringSubmatch(line)
	switch {
	case m != nil && m[1] == "heap":
		c.kind, c.format = Heap, "heap profile, debug=1"
		if h := heapHeader.FindStringSubmatch(line); h != nil {
			c.rate, _ = strconv.ParseFloat(h[1], 64)
			c.rate /= 2 // the header has twice the rate
		}
	case m != nil && kindOfGoroutines[m[1]] != "":
		c.kind, c.format = kindOfGoroutines[m[1]], m[1]+" profile, debug=1"
		c.want, _ = strconv.ParseInt(line[strings.LastIndexByte(line, ' ')+1:], 10, 64)
	default:
		return notOfUse(line)
	}
	return nil
}

func notOfUse(what string) error {
	what, _, _ = strings.Cut(what, "profile")
	return fmt.Errorf("this is a %s profile: evidence comes from goroutine and heap profiles and from metrics", strings.TrimSpace(what))
}

func (c *counts) line(line string) {
	if m := countLine.FindStringSubmatch(line); m != nil && c.kind != Heap {
		c.flush()
		c.current.Count, _ = strconv.ParseInt(m[1], 10, 64)
		return
	}
	if m := heapLine.FindStringSubmatch(line); m != nil && c.kind == Heap {
		c.flush()
		objects, _ := strconv.ParseInt(m[1], 10, 64)
		bytes, _ := strconv.ParseInt(m[2], 10, 64)
		c.current.Count, c.current.Bytes = scaled(objects, bytes, c.rate)
		return
	}
	if m := frameLine.FindStringSubmatch(line); m != nil && len(c.current.Frames) < 4*maxDepth {
		n, _ := strconv.Atoi(m[3])
		c.current.Frames = append(c.current.Frames, newFrame(m[1], m[2], n))
		c.named++
	}
}

func (c *counts) flush() {
	if c.current.Count > 0 {
		if c.kind != Heap {
			// The innermost frames, those of the runtime, are not written.
			if c.current.Wait = waitOf(c.current.Frames); c.current.Wait == Running {
				c.current.Wait = Unknown
			}
		}
		c.current.Leaked = c.kind == Leaks
		c.stacks.add(c.current)
	}
	c.current = Stack{Frames: c.current.Frames[:0]}
}

// scaled returns how many objects and bytes there are likely to be if that many were
// sampled. The profile in its other form has been scaled by the runtime.
func scaled(objects, bytes int64, rate float64) (int64, int64) {
	if objects <= 0 || bytes <= 0 || rate <= 1 {
		return objects, bytes
	}
	factor := 1 / (1 - math.Exp(-float64(bytes)/float64(objects)/rate))
	return saturated(float64(objects) * factor), saturated(float64(bytes) * factor)
}

func saturated(f float64) int64 {
	if f >= math.MaxInt64/2 {
		return math.MaxInt64 / 2
	}
	return int64(f)
}
