package snapshot

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/google/pprof/profile"
	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of a profile in its binary form, which has each stack once: that of the largest
// services has a few megabytes.
const (
	maxProfile  = 32 << 20 // bytes
	maxMessages = 1 << 20  // samples, locations, functions and names
)

// readProto reads a profile in its binary form.
func readProto(r io.Reader) (*Snapshot, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxProfile {
		return nil, fmt.Errorf("the profile has more than %d MB, so it is none of goroutines or of the heap", maxProfile>>20)
	}
	if err := survey(data); err != nil {
		return nil, err
	}
	p, err := profile.ParseUncompressed(data)
	if err != nil {
		return nil, fmt.Errorf("not a profile: %w", err)
	}
	if err := p.CheckValid(); err != nil {
		return nil, fmt.Errorf("the profile is damaged: %w", err)
	}
	return fromProfile(p)
}

// survey checks the outermost layer of a profile before anything is made of it.
func survey(data []byte) error {
	messages, types := 0, 0
	for len(data) > 0 {
		field, kind, n := protowire.ConsumeTag(data)
		if n < 0 || field > 20 {
			return errNotProfile
		}
		size := protowire.ConsumeFieldValue(field, kind, data[n:])
		switch {
		case size < 0 && types > 0:
			return errors.New("the end of the profile is missing")
		case size < 0:
			return errNotProfile
		}
		if messages++; messages > maxMessages {
			return fmt.Errorf("the profile has more than %d parts, so it is none of goroutines or of the heap", maxMessages)
		}
		if field == 1 {
			types++
		}
		data = data[n+size:]
	}
	if types == 0 {
		return errNotProfile
	}
	return nil
}

var errNotProfile = errors.New("this is no goroutine profile, heap profile or exposition of metrics")

// fromProfile counts the samples of a profile.
func fromProfile(p *profile.Profile) (*Snapshot, error) {
	types := make([]string, len(p.SampleType))
	for i, t := range p.SampleType {
		types[i] = t.Type
	}
	index := func(names ...string) int {
		return slices.IndexFunc(types, func(t string) bool { return slices.Contains(names, t) })
	}
	goroutines, leaked := index("goroutine", "goroutines"), index("goroutineleak")
	objects, bytes := index("inuse_objects"), index("inuse_space")
	out := newStacks()
	kind, format, count := Goroutines, "goroutine profile", goroutines
	switch {
	case goroutines >= 0:
	case leaked >= 0:
		format, count = "goroutineleak profile", leaked
	case objects >= 0:
		kind, format, count = Heap, "heap profile", objects
	default:
		if i := index("cpu"); i >= 0 {
			return nil, notOfUse("CPU")
		}
		return nil, notOfUse(fmt.Sprintf("%q", types))
	}
	named := false
	for _, s := range p.Sample {
		st := Stack{Frames: frames(s.Location), Count: max(s.Value[count], 0)}
		named = named || len(st.Frames) > 0
		if kind == Heap && bytes >= 0 {
			st.Bytes = max(s.Value[bytes], 0)
		}
		if kind == Goroutines {
			st.Wait = waitOf(st.Frames)
		}
		if st.Count > 0 {
			out.add(st)
		}
	}
	if !named && out.total > 0 {
		return nil, errNoNames
	}
	s := out.snapshot(kind, format)
	s.Leaked = leaked >= 0 && goroutines < 0
	return s, nil
}

// frames returns the frames of a sample, with those of calls that were inlined.
func frames(locations []*profile.Location) []Frame {
	var out []Frame
	for _, l := range locations {
		for _, line := range l.Line {
			if line.Function == nil || line.Function.Name == "" {
				continue
			}
			if len(out) >= 4*maxDepth {
				return out
			}
			out = append(out, newFrame(line.Function.Name, line.Function.Filename, int(line.Line)))
		}
	}
	return out
}
