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
	err := fieldsOf(data, func(field protowire.Number, encoded []byte) error {
		if field != familyMetric {
			head = append(head, encoded...)
		}
		if len(head) > maxSeries {
			return errNotFamily
		}
		return nil
	})
	if err != nil {
		return err
	}
	head = slices.Clip(head)
	return fieldsOf(data, func(field protowire.Number, encoded []byte) error {
		if field != familyMetric {
			return nil
		}
		if s.decoded++; len(encoded) > maxSeries || s.decoded > maxCounted {
			s.dropped++
			return nil
		}
		family := append(head, encoded...)
		framed := append(binary.AppendUvarint(nil, uint64(len(family))), family...)
		decoder := expfmt.NewDecoder(bytes.NewReader(framed), expfmt.NewFormat(expfmt.TypeProtoDelim))
		var f dto.MetricFamily
		if err := decoder.Decode(&f); err != nil {
			return fmt.Errorf("not an exposition of metrics: %w", err)
		}
		s.addFamily(f.GetName(), &f)
		return nil
	})
}

// fieldsOf calls yield with each field of a message, encoded with its tag.
func fieldsOf(data []byte, yield func(field protowire.Number, encoded []byte) error) error {
	for len(data) > 0 {
		field, kind, n := protowire.ConsumeTag(data)
		if n < 0 {
			return errNotFamily
		}
		size := protowire.ConsumeFieldValue(field, kind, data[n:])
		if size < 0 {
			return errNotFamily
		}
		if err := yield(field, data[:n+size]); err != nil {
			return err
		}
		data = data[n+size:]
	}
	return nil
}

var errNotFamily = errors.New("not an exposition of metrics: a family is damaged")
