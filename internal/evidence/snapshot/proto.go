package snapshot

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/google/pprof/profile"
	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of a profile in its binary form, which has each stack once: that of the largest
// services has a few megabytes.
const (
	maxProfile  = 32 << 20 // bytes
	maxMessages = 1 << 20  // samples, locations, functions and names
	maxParts    = 4 << 20  // of samples and locations: frames, values and, for labelWeight each, labels
	labelWeight = 16       // a label takes that much more memory than a frame
)

// The fields of perftools.profiles.Profile, and of the messages in it, that have parts.
const (
	profileType, profileSample, profileLocation = 1, 2, 4
	sampleLabel                                 = 3
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
	messages, types, parts := 0, 0, 0
	for f, whole := range fieldsOf(data) {
		switch {
		case f.number == 0 || f.number > 20 || !whole && types == 0:
			return errNotProfile
		case !whole:
			return errors.New("the end of the profile is missing")
		}
		if messages++; messages > maxMessages {
			return fmt.Errorf("the profile has more than %d parts, so it is none of goroutines or of the heap", maxMessages)
		}
		switch f.number {
		case profileType:
			types++
		case profileSample, profileLocation:
			message, _ := protowire.ConsumeBytes(f.value)
			if parts += partsOf(message, f.number == profileSample); parts > maxParts {
				return fmt.Errorf("the profile has more than %d frames, so it is none of goroutines or of the heap", maxParts)
			}
		}
	}
	if types == 0 {
		return errNotProfile
	}
	return nil
}

// partsOf returns of how many parts a message is decoded, for each of which the decoder
// takes some memory.
func partsOf(message []byte, sample bool) int {
	parts := 0
	for f, whole := range fieldsOf(message) {
		switch {
		case !whole:
		case sample && f.number == sampleLabel:
			parts += labelWeight
		case sample && f.kind == protowire.BytesType: // numbers, of one byte or more
			for _, b := range f.value {
				if b < 0x80 {
					parts++
				}
			}
		default:
			parts++
		}
	}
	return parts
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
		kind, format, count = Leaks, "goroutineleak profile", leaked
	case objects >= 0:
		kind, format, count = Heap, "heap profile", objects
	default:
		if index("cpu") >= 0 {
			return nil, notOfUse("CPU")
		}
		if bytes >= 0 {
			return nil, errors.New("this is a heap profile of bytes only: export inuse_objects, which counts what is alive")
		}
		if slices.ContainsFunc(types, func(t string) bool { return strings.HasPrefix(t, "alloc_") }) {
			return nil, errors.New("this is a profile of all allocations: export inuse_objects, which counts what is alive")
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
		if kind != Heap {
			st.Wait, st.Leaked = waitOf(st.Frames), kind == Leaks
		}
		if st.Count > 0 {
			out.add(st)
		}
	}
	if !named && out.total > 0 {
		return nil, errNoNames
	}
	return out.snapshot(kind, format), nil
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
