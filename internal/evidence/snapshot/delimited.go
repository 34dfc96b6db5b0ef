package snapshot

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"google.golang.org/protobuf/encoding/protowire"
)

// Limits of an exposition in its binary form.
const (
	maxFamily = 64 << 20 // bytes
	maxSeries = 64 << 10 // bytes of one series
)

// The fields of io.prometheus.client.MetricFamily.
const (
	familyName   = 1
	familyMetric = 4
)

// delimited reports whether an input begins as an exposition in its binary form does:
// with the length of a family, and its name.
func delimited(head []byte) bool {
	size, n := binary.Uvarint(head)
	if n <= 0 || size > maxFamily {
		return false
	}
	field, kind, m := protowire.ConsumeTag(head[n:])
	if m < 0 || field != familyName || kind != protowire.BytesType {
		return false
	}
	name, k := protowire.ConsumeBytes(head[n+m:])
	if k < 0 || len(name) < 2 || uint64(len(name)) >= size {
		return false
	}
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// readDelimited reads metrics in the binary form of Prometheus: families, each after its
// length.
func readDelimited(r io.Reader) (*Snapshot, error) {
	in := bufio.NewReader(r)
	s := newSeries()
	problem := ""
	for {
		size, err := binary.ReadUvarint(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || size > maxFamily {
			return nil, fmt.Errorf("not an exposition of metrics: the length of a family is %d", size)
		}
		var family bytes.Buffer // grows as there is something to read, whatever the length says
		if n, err := io.CopyN(&family, in, int64(size)); err != nil {
			if s.total == 0 {
				return nil, fmt.Errorf("the end of the file is missing: the first family has %d of %d bytes", n, size)
			}
			problem = "the end is missing: the last metric does not count"
			break
		}
		if err := s.addEncoded(family.Bytes()); err != nil {
			return nil, err
		}
	}
	if s.total == 0 {
		return nil, errors.New("the exposition has no series")
	}
	out := s.snapshot("exposition of metrics, protobuf")
	out.Problem = problem
	return out, nil
}

// addEncoded counts the series of a family, which it decodes one by one: decoded, a
// series takes many times its size.
func (s *series) addEncoded(data []byte) error {
	var head []byte
	for f, whole := range fieldsOf(data) {
		if f.number != familyMetric {
			head = append(head, f.encoded...)
		}
		if !whole || len(head) > maxSeries {
			return errNotFamily
		}
	}
	head = slices.Clip(head)
	for metric := range fieldsOf(data) {
		if metric.number != familyMetric {
			continue
		}
		if s.decoded++; len(metric.encoded) > maxSeries || s.decoded > maxCounted {
			s.dropped++
			continue
		}
		family := append(head, metric.encoded...)
		framed := append(binary.AppendUvarint(nil, uint64(len(family))), family...)
		decoder := expfmt.NewDecoder(bytes.NewReader(framed), expfmt.NewFormat(expfmt.TypeProtoDelim))
		var f dto.MetricFamily
		if err := decoder.Decode(&f); err != nil {
			return fmt.Errorf("not an exposition of metrics: %w", err)
		}
		s.addFamily(f.GetName(), &f)
	}
	return nil
}

var errNotFamily = errors.New("not an exposition of metrics: a family is damaged")
