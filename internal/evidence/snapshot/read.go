package snapshot

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// peeked is how much of an input decides what it is.
const peeked = 4 << 10

// Read reads one input, whose content says what it is. The name is for the result;
// errors do not have it.
func Read(name string, r io.Reader) (*Snapshot, error) {
	s, err := read(r)
	if err != nil {
		return nil, err
	}
	s.Name = name
	return s, nil
}

func read(r io.Reader) (*Snapshot, error) {
	in := bufio.NewReaderSize(r, peeked)
	head, err := in.Peek(peeked)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("not a gzip file: %w", err)
		}
		in = bufio.NewReaderSize(unzipped, peeked)
		if head, err = in.Peek(peeked); err != nil && !errors.Is(err, io.EOF) {
			return nil, cutShort(err)
		}
	}
	s, err := readPlain(head, in)
	return s, cutShort(err)
}

// cutShort says in plain words that the end of an input is missing.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the end of the file is missing: %w", err)
	}
	return err
}

// readPlain reads an input that is not compressed, and begins with head.
func readPlain(head []byte, in *bufio.Reader) (*Snapshot, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	switch {
	case len(text) == 0:
		return nil, errors.New("the file is empty")
	case isBinary(head):
		if delimited(head) {
			return readDelimited(in)
		}
		return readProto(in)
	case countsHeader.Match(text):
		return readCounts(in)
	case text[0] == '<':
		return nil, errors.New("this is an HTML page, and not what it links to: a goroutine profile is at /debug/pprof/goroutine?debug=2")
	case answerHeader.Match(text):
		return readAnswer(in)
	case contentionHeader.Match(text):
		return nil, errors.New("this is a profile of contention: evidence comes from goroutine and heap profiles and from metrics")
	case expositionLine.Match(text) && !goroutineHeader.Match(text):
		return readExposition(in)
	}
	return readDump(in)
}

var (
	countsHeader     = lazyregexp.New(`^(\w+) profile: (total )?\d+`)
	answerHeader     = lazyregexp.New(`^\{\s*"(status|data)"\s*:`)
	contentionHeader = lazyregexp.New(`^--- (contention|mutex|threadcreate)`)
	// The number ends the line, unless a time or an exemplar follows it.
	expositionLine = lazyregexp.New(`^(# (HELP|TYPE|UNIT) \S|# EOF|([a-zA-Z_:][a-zA-Z0-9_:]*|\{"|[a-zA-Z_:][a-zA-Z0-9_:]*\{)([^\n]*\}|[ \t])[ \t]*[-+]?([0-9][-+.0-9eExX]*|Inf|NaN)([ \t]+[0-9.]+)?[ \t]*(\r?\n|$|#)|[a-zA-Z_:][a-zA-Z0-9_:]*\{[^\n]*$)`)
)

// isBinary reports whether the first bytes of an input cannot be text.
func isBinary(head []byte) bool {
	for i := 0; i < len(head); {
		r, n := utf8.DecodeRune(head[i:])
		switch {
		case r == utf8.RuneError && n == 1 && len(head)-i >= utf8.UTFMax:
			return true
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b:
			return true
		}
		i += n
	}
	return false
}
