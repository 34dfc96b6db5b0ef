package gocmd

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// A Message is one thing that the go command, a compiler or the analysis
// process said on standard error.
type Message struct {
	Package string           // of the "# package" block that it is in, "" outside
	Pos     *record.Position // nil if unknown; File is absolute
	Text    string
	Warning bool // the go command calls it a warning
}

var position = lazyregexp.New(`^((?:[A-Za-z]:)?[^:]+):([0-9]+)(?::([0-9]+))?: (.*)$`)

// ParseStderr splits the standard error of a go command that ran in dir into
// messages, in order. Progress lines are left out.
func ParseStderr(dir, stderr string) []Message {
	var messages []Message
	pkg, fresh := "", false
	for line := range strings.Lines(stderr) {
		line = strings.TrimRight(line, "\r\n")
		switch header, isHeader := strings.CutPrefix(line, "# "); {
		case line == "", isProgress(line):
			continue
		case isHeader:
			if !strings.HasPrefix(header, "[") { // a second header line repeats the package
				pkg, _, _ = strings.Cut(header, " ")
			}
			fresh = true
			continue
		case strings.HasPrefix(line, "go: "):
			pkg, fresh = "", true // the output of the go command itself resumes
		}
		m := parseLine(dir, line)
		switch {
		case m.Text == "too many errors":
			continue
		case m.Pos == nil && len(messages) > 0 && !fresh && (pkg != "" || line[0] == '\t' || line[0] == ' '):
			last := &messages[len(messages)-1]
			last.Text += "\n" + line
		default:
			m.Package = pkg
			messages = append(messages, m)
		}
		fresh = false
	}
	return messages
}

// isProgress reports whether a line reports progress rather than a problem.
func isProgress(line string) bool {
	for _, prefix := range []string{"go: downloading ", "go: finding ", "go: extracting ", "exit status "} {
		if strings.HasPrefix(line, prefix) {
			return true
		}
	}
	return false
}

func parseLine(dir, line string) Message {
	for _, program := range []string{"vet: ", "ctxlint: "} {
		line = strings.TrimPrefix(line, program)
	}
	if text, ok := strings.CutPrefix(line, "go: warning: "); ok {
		return Message{Text: text, Warning: true}
	}
	if m := position.FindStringSubmatch(line); m != nil && m[1][0] != ' ' && m[1][0] != '\t' {
		return Message{Pos: makePosition(dir, m[1], m[2], m[3]), Text: m[4]}
	}
	return Message{Text: strings.TrimPrefix(line, "go: ")}
}

// ParsePosition parses a position such as [PackageError.Pos], "file:line:col"
// or "file:line", in the output of a go command that ran in dir. It returns nil
// if s is not a position.
func ParsePosition(dir, s string) *record.Position {
	if m := position.FindStringSubmatch(s + ": "); m != nil {
		return makePosition(dir, m[1], m[2], m[3])
	}
	return nil
}

func makePosition(dir, file, line, col string) *record.Position {
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	p := &record.Position{File: file}
	p.Line, _ = strconv.Atoi(line)
	p.Col, _ = strconv.Atoi(col)
	return p
}
