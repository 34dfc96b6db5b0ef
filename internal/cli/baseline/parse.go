package baseline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/report/visible"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// maxSize is the size up to which a baseline is read. It has room for a million entries.
const maxSize = 256 << 20

// Read reads a baseline file. If it is not a baseline, or a broken one, the
// error lists every mistake as "name:line: ...", where name is what to call the
// file.
func Read(ctx context.Context, file, name string) (*Baseline, error) {
	content, err := plainfile.ReadAny(ctx, file, maxSize)
	if err != nil {
		return nil, err
	}
	return Parse(file, name, content)
}

// ReadOld is like [Read] but treats a file that does not exist, or is empty, as
// an empty baseline. It is for files that are about to be written.
func ReadOld(ctx context.Context, file, name string) (*Baseline, error) {
	content, err := plainfile.ReadAny(ctx, file, maxSize)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(content) == 0 {
		return &Baseline{File: file}, nil
	}
	if err != nil {
		return nil, err
	}
	return Parse(file, name, content)
}

// Parse parses the content of a baseline file; see [Read].
func Parse(file, name string, content []byte) (*Baseline, error) {
	b := &Baseline{File: file}
	var errs []error
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(content), "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case n == 1 && line != header:
			return nil, fmt.Errorf("%s:1: this is not a baseline: the first line must be %q", name, header)
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		e.Line = n
		b.Entries = append(b.Entries, e)
	}
	if n == 0 {
		return nil, fmt.Errorf("%s:1: the file is empty: write it with -write-baseline", name)
	}
	return b, errors.Join(errs...)
}

var (
	checkForm = lazyregexp.New(`^([a-z][a-z0-9]*/[a-z][a-z0-9-]*|[A-Z]+[0-9]+(/internal)?)$`)
	idForm    = lazyregexp.New(`^[0-9a-f]{16}$`)
)

func parseEntry(line string) (Entry, error) {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return Entry{}, errors.New("a merge conflict: keep the lines of both sides, or rewrite the file with -write-baseline")
		}
	}
	path, rest, err := unquote(line)
	if err != nil {
		return Entry{}, err
	}
	check, rest := cutField(rest)
	id, note := cutField(rest)
	switch {
	case check == "" || id == "":
		return Entry{}, errors.New("an entry is a path, a check and an identifier, such as \"cmd/main.go  cancelleak/path  0123456789abcdef\"")
	case !checkForm.MatchString(check):
		return Entry{}, fmt.Errorf("%q is not a check, such as cancelleak/path", check)
	case !idForm.MatchString(id):
		return Entry{}, fmt.Errorf("%q is not an identifier, which has 16 hexadecimal digits", id)
	}
	return Entry{Check: check, ID: id, Path: path, Note: note}, nil
}

// quote returns a path as written in a baseline: in quotes, if it could be
// taken for something else or would hide something.
func quote(path string) string {
	if strings.ContainsAny(path, " \t\"#\\") || visible.Text(path) != path {
		return strconv.QuoteToASCII(path)
	}
	return path
}

// unquote returns the path at the beginning of an entry, and the rest.
func unquote(line string) (path, rest string, err error) {
	if !strings.HasPrefix(line, `"`) {
		path, rest = cutField(line)
		return path, rest, nil
	}
	quoted, err := strconv.QuotedPrefix(line)
	if err == nil {
		path, err = strconv.Unquote(quoted)
	}
	if err != nil {
		return "", "", errors.New("the quotes around the path are broken")
	}
	return path, strings.TrimLeft(line[len(quoted):], " \t"), nil
}

func cutField(s string) (field, rest string) {
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		return s[:i], strings.TrimLeft(s[i:], " \t")
	}
	return s, ""
}
