package snapshot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of what is kept of one input. A real program is far below them.
const (
	maxStacks = 20_000   // distinct ones
	maxDepth  = 200      // frames of one stack: of more, the innermost and the outermost half
	maxNames  = 16 << 20 // bytes of all names and frames
)

// stacks counts equal stacks.
type stacks struct {
	byKey   map[string]*Stack
	names   map[string]string
	size    int
	total   int64
	dropped int64
}

func newStacks() *stacks {
	return &stacks{byKey: make(map[string]*Stack), names: make(map[string]string)}
}

// add counts a stack, which it may keep.
func (s *stacks) add(st Stack) {
	s.total += st.Count
	st.Frames = bounded(st.Frames)
	key := st.key()
	if known := s.byKey[key]; known != nil {
		known.Count += st.Count
		known.Bytes += st.Bytes
		known.Longest = max(known.Longest, st.Longest)
		return
	}
	if len(s.byKey) >= maxStacks || s.size+len(key) > maxNames {
		s.dropped += st.Count
		return
	}
	s.size += len(key)
	s.byKey[key] = s.own(&st)
}

// bounded returns the innermost and the outermost frames of a deep stack.
func bounded(frames []Frame) []Frame {
	if len(frames) <= maxDepth {
		return frames
	}
	return slices.Concat(frames[:maxDepth/2], frames[len(frames)-maxDepth/2:])
}

// own returns a copy of a stack that does not hold on to an input.
func (s *stacks) own(st *Stack) *Stack {
	if st == nil {
		return nil
	}
	kept := *st
	kept.Frames = make([]Frame, len(st.Frames))
	for i, f := range st.Frames {
		kept.Frames[i] = s.intern(f)
	}
	kept.Created = s.intern(st.Created)
	return &kept
}

// intern lets equal names share their memory, and not hold on to that of an input. What
// calls it bounds the size of all names.
func (s *stacks) intern(f Frame) Frame {
	for _, name := range []*string{&f.Package, &f.Func, &f.File} {
		known, ok := s.names[*name]
		if !ok {
			known = strings.Clone(*name)
			s.names[known] = known
		}
		*name = known
	}
	return f
}

func (st *Stack) key() string {
	var b strings.Builder
	b.WriteString(string(st.Wait))
	if st.Leaked {
		b.WriteByte('!')
	}
	b.WriteString(strconv.FormatInt(st.Size(), 10)) // a call may allocate several objects
	for _, f := range append(slices.Clip(st.Frames), st.Created) {
		b.WriteByte('\n')
		b.WriteString(f.Package)
		b.WriteByte('.')
		b.WriteString(f.Func)
		b.WriteByte(' ')
		b.WriteString(f.File)
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(f.Line))
	}
	return b.String()
}

// snapshot returns the stacks, those with most first.
func (s *stacks) snapshot(kind Kind, format string) *Snapshot {
	type keyed struct {
		key   string
		stack *Stack
	}
	all := make([]keyed, 0, len(s.byKey))
	for key, st := range s.byKey {
		all = append(all, keyed{key, st})
	}
	slices.SortFunc(all, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(b.stack.Count, a.stack.Count), cmp.Compare(a.key, b.key))
	})
	out := &Snapshot{Kind: kind, Format: format, Total: s.total, Dropped: s.dropped}
	for _, k := range all {
		out.Stacks = append(out.Stacks, k.stack)
	}
	return out
}

// minutes returns the duration that a dump gives, 0 if it is none.
func minutes(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return time.Duration(max(0, min(n, 1<<27))) * time.Minute
}
