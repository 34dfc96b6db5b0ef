package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// maxResult is the size of the largest series in an answer, with its samples.
const maxResult = 1 << 20

// readAnswer reads what the HTTP interface of Prometheus answers: the result of
// /api/v1/query or /api/v1/query_range, or the list of /api/v1/series.
func readAnswer(r io.Reader) (*Snapshot, error) {
	limited := &budget{r: r, left: maxResult}
	dec := json.NewDecoder(limited)
	a := &answer{dec: dec, budget: limited, series: newSeries()}
	if err := a.object(); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			if a.series.total == 0 {
				return nil, fmt.Errorf("the end of the answer is missing: %w", io.ErrUnexpectedEOF)
			}
			out := a.snapshot()
			out.Problem = "the end is missing: what is whole counts"
			return out, nil
		}
		return nil, fmt.Errorf("not an answer of Prometheus: %w", err)
	}
	switch {
	case a.status == "error":
		return nil, fmt.Errorf("Prometheus answered with an error: %s", a.message)
	case a.series.total == 0 && a.unnamed > 0:
		return nil, errors.New("the series have no name: query the metric itself, without an aggregation")
	case a.series.total == 0:
		return nil, errors.New("the answer has no series")
	}
	return a.snapshot(), nil
}

type answer struct {
	dec             *json.Decoder
	budget          *budget
	series          *series
	status, message string
	unnamed         int
}

func (a *answer) snapshot() *Snapshot {
	s := a.series.snapshot("answer of Prometheus")
	s.Partial = true
	return s
}

// object reads the answer, or the data in it.
func (a *answer) object() error {
	if err := a.expect('{'); err != nil {
		return err
	}
	for a.dec.More() {
		key, err := a.dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "status":
			err = a.value(&a.status)
		case "error":
			err = a.value(&a.message)
		case "data", "result":
			err = a.data()
		default:
			err = a.value(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	return a.expect('}')
}

// data reads the data of an answer: an object with a result, or a list of series.
func (a *answer) data() error {
	t, err := a.dec.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		for a.dec.More() {
			key, err := a.dec.Token()
			if err != nil {
				return err
			}
			if key == "result" {
				err = a.data()
			} else {
				err = a.value(new(json.RawMessage))
			}
			if err != nil {
				return err
			}
		}
		return a.expect('}')
	case json.Delim('['):
		for a.dec.More() {
			var raw json.RawMessage
			if err := a.value(&raw); err != nil {
				return err
			}
			a.add(raw)
		}
		return a.expect(']')
	}
	return nil
}

// add counts a series, which is a set of labels or has one.
func (a *answer) add(raw json.RawMessage) {
	var sample struct{ Metric map[string]string }
	labels := make(map[string]string)
	if json.Unmarshal(raw, &sample) == nil && sample.Metric != nil {
		labels = sample.Metric
	} else if json.Unmarshal(raw, &labels) != nil {
		return
	}
	name := labels["__name__"]
	if name == "" {
		a.unnamed++
		return
	}
	var pairs []pair
	for _, l := range slices.Sorted(maps.Keys(labels)) {
		// Prometheus adds the last two, and a bucket is no series of its own.
		if l != "__name__" && l != "le" && l != "quantile" && l != "job" && l != "instance" {
			pairs = append(pairs, pair{l, labels[l]})
		}
	}
	a.series.add(familyOf(name, labels), pairs)
}

// familyOf returns the name of the histogram that a series is a part of, or its own.
func familyOf(name string, labels map[string]string) string {
	if _, ok := labels["le"]; ok {
		return strings.TrimSuffix(name, "_bucket")
	}
	return name
}

func (a *answer) value(v any) error {
	a.budget.left = maxResult
	return a.dec.Decode(v)
}

func (a *answer) expect(d json.Delim) error {
	t, err := a.dec.Token()
	if err == nil && t != d {
		err = fmt.Errorf("%v in place of %v", t, d)
	}
	return err
}

// budget fails if more is read than is left, so that no single value is too large.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("a value has more than %d bytes", maxResult)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
