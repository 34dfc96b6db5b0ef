package snapshot

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// Limits of an exposition as text. It is parsed in parts, each with the type of the
// metric that it is about.
const (
	maxSample = 64 << 10  // bytes of a line
	maxPart   = 256 << 10 // bytes that are parsed at once
)

// readExposition reads metrics as text: the format of Prometheus, or OpenMetrics.
func readExposition(r io.Reader) (*Snapshot, error) {
	e := &exposition{series: newSeries()}
	in := bufio.NewReaderSize(r, maxSample)
	for {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return nil, fmt.Errorf("line %d has more than %d bytes", e.lines+1, maxSample)
		}
		e.lines++
		last := err != nil
		if len(bytes.TrimSpace(line)) > 0 {
			if last && e.incomplete(line) {
				e.problem = "the end is missing: the last line is not whole"
			} else if err := e.line(line); err != nil {
				return nil, err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if e.series.total == 0 && e.part.Len() == 0 {
				return nil, err
			}
			e.problem = "the rest cannot be read: " + err.Error()
			break
		}
	}
	if err := e.parse(); err != nil {
		return nil, err
	}
	if e.series.total == 0 {
		return nil, errors.New("the exposition has no series")
	}
	s := e.series.snapshot("exposition of metrics")
	s.Problem = e.problem
	return s, nil
}

type exposition struct {
	series  *series
	part    bytes.Buffer
	first   int    // line of the part
	kind    string // the line with the type of the current metric
	lines   int
	problem string
}

// incomplete reports whether a line without an end is not whole: OpenMetrics ends with
// a comment, and both formats end each line.
func (e *exposition) incomplete(line []byte) bool {
	return !bytes.HasPrefix(line, []byte("#"))
}

func (e *exposition) line(line []byte) error {
	if e.part.Len() == 0 {
		e.first = e.lines
		e.part.WriteString(e.kind)
	}
	text := string(bytes.TrimRight(line, "\r\n"))
	if strings.HasPrefix(text, "#") {
		fields := strings.Fields(text)
		if len(fields) >= 4 && fields[1] == "TYPE" {
			switch fields[3] {
			case "histogram", "summary":
				e.kind = text + "\n"
				e.part.WriteString(e.kind)
			default:
				e.kind = "" // the number of its series does not depend on its type
			}
		}
	} else {
		e.part.WriteString(plainSample(text))
		e.part.WriteByte('\n')
	}
	if e.part.Len() > maxPart {
		return e.parse()
	}
	return nil
}

// plainSample returns a sample without what only OpenMetrics has: an exemplar, and time
// stamps with fractions.
func plainSample(line string) string {
	end := strings.IndexAny(line, "{ \t")
	if end >= 0 && line[end] == '{' {
		end = labelsEnd(line, end)
	}
	if end < 0 {
		return line
	}
	fields := strings.Fields(line[end:])
	if len(fields) == 0 {
		return line
	}
	return line[:end] + " " + fields[0]
}

// labelsEnd returns the end of the labels that begin at a brace, -1 if there is none.
func labelsEnd(line string, from int) int {
	quoted := false
	for i := from; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case '}':
			if !quoted {
				return i + 1
			}
		}
	}
	return -1
}

// parse counts the series of a part.
func (e *exposition) parse() error {
	if e.part.Len() == 0 {
		return nil
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(&e.part)
	e.part.Reset()
	if err != nil {
		if bad, ok := errors.AsType[expfmt.ParseError](err); ok {
			return fmt.Errorf("not an exposition of metrics: near line %d: %s", e.first+bad.Line-1, bad.Msg)
		}
		return fmt.Errorf("not an exposition of metrics: %w", err)
	}
	for name, f := range families {
		e.series.addFamily(name, f)
	}
	return nil
}

// addFamily counts the series of a family. A histogram counts once, and not for each of
// its buckets.
func (s *series) addFamily(name string, f *dto.MetricFamily) {
	for _, m := range f.Metric {
		pairs := make([]pair, 0, len(m.Label))
		for _, l := range m.Label {
			pairs = append(pairs, pair{l.GetName(), l.GetValue()})
		}
		s.add(name, pairs)
	}
}
