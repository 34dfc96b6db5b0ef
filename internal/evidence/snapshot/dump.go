package snapshot

import (
	"bufio"
	"bytes"
	"errors"
	"hash/maphash"
	"io"
	"strings"
	"time"

	"github.com/maruel/panicparse/v2/stack"

	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// Limits of a dump: what is longer is not from the runtime.
const (
	maxLine  = 16 << 10 // bytes; the rest of a line is skipped
	maxBlock = 64 << 10 // bytes of the stack of one goroutine
)

var (
	// goroutineHeader matches the first line of a stack: state, and what else there is.
	goroutineHeader = lazyregexp.New(`^[ \t]*\[?goroutine (\d+)[^\[]*\[([^\]]*)\]`)
	// leakHeader matches the line that goleak writes, with or without a header below it.
	leakHeader = lazyregexp.New(`^[ \t]*(?:\S+:\d+: found unexpected goroutines:\s*)?\[?Goroutine (\d+) in state ([^,]+), with \S+ on top of the stack:`)
)

// readDump reads stacks as a program prints them at the end (a panic, SIGQUIT), as
// debug=2 serves them, or as goleak complains of them, with any other text in between.
func readDump(r io.Reader) (*Snapshot, error) {
	d := &dump{stacks: newStacks(), seed: maphash.MakeSeed(), known: make(map[uint64]*Stack)}
	in := bufio.NewReaderSize(r, maxLine)
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			line, err = append(bytes.Clone(line), '\n'), skipLine(in)
		}
		d.last = nil
		if err != nil {
			d.last = bytes.Clone(line)
		}
		if len(line) > 0 {
			d.line(line)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if d.finish(); d.stacks.total == 0 {
				return nil, err
			}
			return d.snapshot("the rest cannot be read: " + err.Error()), nil
		}
	}
	whole := d.finish()
	switch {
	case d.stacks.total == 0 && d.headers > 0:
		return nil, errors.New("the dump is cut in its first stack")
	case d.stacks.total == 0:
		return nil, errors.New("this is no goroutine profile, heap profile or exposition of metrics: no stack and no series is in it")
	case !whole:
		return d.snapshot("the dump is cut in the middle of a stack; what is whole counts"), nil
	}
	return d.snapshot(""), nil
}

func skipLine(in *bufio.Reader) error {
	for {
		_, err := in.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// dump collects the lines of a stack. Most goroutines of a large dump have a stack that
// was there before, and each is parsed once.
type dump struct {
	stacks  *stacks
	seed    maphash.Seed
	known   map[uint64]*Stack // by the hash of their lines, nil for what is no stack
	size    int               // of the lines of those
	prefix  prefix            // of the lines
	indent  []byte            // of the stack
	state   string            // of the goroutine
	open    bool              // a stack has begun
	block   []byte            // its lines without the header, indent, arguments and numbers of goroutines
	headers int
	broken  bool   // a stack ended before it was whole
	last    []byte // the line at the end of the input, nil if it has an end
}

func (d *dump) snapshot(problem string) *Snapshot {
	s := d.stacks.snapshot(Goroutines, "dump of goroutines")
	s.Problem = problem
	return s
}

// line takes the next line.
func (d *dump) line(line []byte) {
	if state, before, ok := headerState(line); ok {
		d.begin(state)
		d.prefix.set(before)
		return
	}
	if !d.open {
		return
	}
	line, ok := d.prefix.cut(line)
	if !ok && len(d.block) == 0 && isCall(line) {
		d.prefix, ok = prefix{}, true // only the first line of a message has one
	}
	if !ok {
		return
	}
	if len(d.block) == 0 {
		d.indent = bytes.Clone(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
	}
	text := bytes.TrimRight(bytes.TrimPrefix(line, d.indent), "\r\n")
	switch {
	case !ofStack(text) && d.last != nil && len(text) > 0:
		d.open, d.broken, d.block = false, true, d.block[:0]
	case !ofStack(text):
		d.end()
	case len(d.block) > maxBlock:
		// the outermost frames of a stack that the runtime would have elided
	default:
		d.block = append(append(d.block, general(text)...), '\n')
	}
}

// headerState returns the state in the first line of a stack, and what a log has before it;
// ok is false for any other line.
func headerState(line []byte) (state string, before []byte, ok bool) {
	if !bytes.Contains(line, []byte("oroutine ")) {
		return "", nil, false
	}
	before, line = splitHeader(line)
	m := leakHeader.FindSubmatch(line)
	if m == nil {
		m = goroutineHeader.FindSubmatch(line)
	}
	if m == nil || len(before) > 0 && !bytes.HasSuffix(bytes.TrimSpace(line), []byte(":")) {
		return "", nil, false
	}
	return string(m[2]), before, true
}

// ofStack reports whether a line may be one of a stack: a place, a call, or where the
// goroutine was created.
func ofStack(line []byte) bool {
	if len(line) == 0 {
		return false
	}
	return line[0] == '\t' || line[0] == ' ' || line[len(line)-1] == ')' ||
		bytes.HasPrefix(line, []byte("created by ")) || bytes.HasPrefix(line, []byte("..."))
}

// general returns a line of a stack without what differs from one goroutine to the next.
func general(line []byte) []byte {
	if created, _, ok := bytes.Cut(line, []byte(" in goroutine ")); ok && bytes.HasPrefix(line, []byte("created by ")) {
		return created
	}
	if i := bytes.LastIndexByte(line, '('); i > 0 && line[0] != '\t' && line[len(line)-1] == ')' {
		return append(bytes.Clone(line[:i]), "(...)"...)
	}
	return line
}

// begin begins a stack. goleak writes a header of its own, and in some versions that of
// the runtime after it.
func (d *dump) begin(state string) {
	if len(d.block) > 0 {
		d.end()
	}
	d.headers++
	d.open, d.state = true, state
}

// end ends a stack, and counts its goroutine.
func (d *dump) end() {
	d.open = false
	if len(d.block) == 0 {
		return
	}
	hash := maphash.Bytes(d.seed, d.block)
	known, ok := d.known[hash]
	if !ok {
		known = d.parse()
		if d.size += len(d.block); len(d.known) < maxStacks && d.size < maxNames {
			d.known[hash] = d.stacks.own(known)
		}
	}
	d.block = d.block[:0]
	if known == nil {
		d.broken = true
		return
	}
	st := *known
	st.Wait, st.Longest, st.Leaked = waitOfState(d.state, st.Frames), waited(d.state), strings.Contains(d.state, "(leaked)")
	d.stacks.add(st)
}

// finish takes the end of the input, and returns whether the last stack is whole.
func (d *dump) finish() (whole bool) {
	if d.open && !d.complete() {
		d.open, d.broken = false, true
	} else if d.open {
		d.end()
	}
	if cut := bytes.TrimSpace(d.last); !d.open && len(cut) > 0 && d.stacks.total > 0 {
		const header = "goroutine "
		d.broken = d.broken || strings.HasPrefix(string(cut), header) || strings.HasPrefix(header, string(cut))
	}
	return !d.broken
}

// complete reports whether the stack at the end of an input may be whole: its last line
// has an end, and is that of a place.
func (d *dump) complete() bool {
	lines := bytes.Split(bytes.TrimRight(d.block, "\n"), []byte("\n"))
	last := lines[len(lines)-1]
	if bytes.Contains(last, []byte("stack unavailable")) || bytes.HasPrefix(last, []byte("...")) {
		return true
	}
	place := bytes.HasPrefix(last, []byte("\t")) || bytes.HasPrefix(last, []byte("    "))
	return place && (d.last == nil || bytes.Contains(last, []byte(" +0x")))
}

// parse parses the lines of a stack, and returns nil if they are not one. It opens no
// file.
func (d *dump) parse() *Stack {
	text := append([]byte("goroutine 1 [running]:\n"), d.block...)
	s, suffix, err := stack.ScanSnapshot(bytes.NewReader(text), io.Discard, &stack.Opts{})
	if s == nil || err != nil && !errors.Is(err, io.EOF) || len(bytes.TrimSpace(suffix)) > 0 || len(s.Goroutines) != 1 {
		return nil
	}
	g := s.Goroutines[0]
	st := &Stack{Count: 1}
	for _, c := range g.Stack.Calls {
		if c.Func.Name != "" {
			st.Frames = append(st.Frames, frameOf(c))
		}
	}
	st.Frames = bounded(st.Frames)
	if len(g.CreatedBy.Calls) > 0 {
		st.Created = frameOf(g.CreatedBy.Calls[0])
	}
	return st
}

// waited returns how long a goroutine has waited according to its state.
func waited(state string) time.Duration {
	for part := range strings.SplitSeq(state, ", ") {
		if n, ok := strings.CutSuffix(part, " minutes"); ok {
			return minutes(n)
		}
	}
	return 0
}

func frameOf(c stack.Call) Frame {
	return Frame{unvendored(c.Func.ImportPath), plainName(c.Func.Name), strings.ReplaceAll(c.RemoteSrcPath, `\`, "/"), c.Line}
}

// waitOfState returns what a goroutine waits for according to its state.
func waitOfState(state string, frames []Frame) Wait {
	for _, s := range states {
		if strings.HasPrefix(state, s.prefix) {
			return s.wait
		}
	}
	return waitOf(frames)
}

var states = []struct {
	prefix string
	wait   Wait
}{
	{"chan send", Send}, {"chan receive", Receive}, {"select", Select}, {"IO wait", IO}, {"syscall", IO},
	{"sync.Mutex", Lock}, {"sync.RWMutex", Lock}, {"sync.WaitGroup", Group}, {"sync.Cond", Group}, {"sleep", Sleep},
	{"running", Running}, {"runnable", Running}, {"GC ", Other}, {"force gc", Other}, {"finalizer", Other}, {"cleanup", Other},
	{"timer goroutine", Other}, {"trace", Other}, {"debug call", Other}, {"idle", Other},
}
