// Package gitdiff asks git which lines of a working tree changed since a
// revision.
package gitdiff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/sourcegraph/go-diff/diff"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// Lines are the lines that changed.
type Lines struct {
	root  string            // of the working tree
	files map[string][]span // by slash-separated path below root; nil for a file that is entirely new
}

// A span is a range of lines, both ends included.
type span struct{ first, last int }

// Since returns the lines of the working tree around dir that changed since the
// common ancestor of HEAD and the revision, whether committed or not. Files
// that git neither tracks nor ignores are new. A file that was renamed has
// changed only where its content has.
func Since(ctx context.Context, dir, revision string) (*Lines, error) {
	g := git{ctx, dir}
	base, err := g.ancestor(revision)
	if err != nil {
		return nil, err
	}
	root, err := g.run("rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	l := &Lines{root: filepath.FromSlash(strings.TrimSuffix(root, "\n")), files: make(map[string][]span)}
	g.dir = l.root
	patch, err := g.run("diff", "--unified=0", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv",
		"--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules", base, "--")
	if err != nil {
		return nil, err
	}
	if err := l.addPatch(patch); err != nil {
		return nil, err
	}
	untracked, err := g.run("ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(untracked, "\x00") {
		if name != "" {
			l.files[name] = nil
		}
	}
	return l, nil
}

// Contains reports whether a line of the file, which is an absolute path, has
// changed, or is next to one that was removed.
func (l *Lines) Contains(file string, line int) bool {
	path, ok := l.relative(file)
	if !ok {
		return false
	}
	spans, ok := l.files[path]
	if !ok {
		return false
	}
	for _, s := range spans {
		if s.first <= line && line <= s.last {
			return true
		}
	}
	return spans == nil
}

func (l *Lines) relative(file string) (path string, ok bool) {
	rel, ok := plainfile.Below(l.root, file)
	if !ok {
		// git resolves symbolic links.
		if real, err := filepath.EvalSymlinks(file); err == nil {
			rel, ok = plainfile.Below(l.root, real)
		}
	}
	return filepath.ToSlash(rel), ok
}

func (l *Lines) addPatch(patch string) error {
	files, err := diff.ParseMultiFileDiff([]byte(patch))
	if err != nil {
		return fmt.Errorf("cannot read the output of git diff: %w", err)
	}
	for _, f := range files {
		name, exists := strings.CutPrefix(f.NewName, "b/")
		if !exists {
			continue // it was deleted
		}
		if f.OrigName == "/dev/null" {
			l.files[name] = nil
			continue
		}
		spans := []span{}
		for _, h := range f.Hunks {
			s := span{int(h.NewStartLine), int(h.NewStartLine + h.NewLines - 1)}
			if h.NewLines == 0 { // the position is that of the line before
				s.last = s.first + 1
			}
			spans = append(spans, s)
		}
		l.files[name] = spans
	}
	return nil
}

// git runs git in a directory.
type git struct {
	ctx context.Context
	dir string
}

// ancestor returns the commit at which HEAD and the revision diverged.
func (g git) ancestor(revision string) (string, error) {
	if strings.HasPrefix(revision, "-") {
		return "", fmt.Errorf("%q is not a revision", revision)
	}
	commit, err := g.run("rev-parse", "--verify", "--quiet", revision+"^{commit}")
	if err != nil {
		if _, outside := g.run("rev-parse", "--git-dir"); outside != nil {
			return "", outside
		}
		return "", fmt.Errorf("git does not know the revision %q; a shallow clone may lack it", revision)
	}
	base, err := g.run("merge-base", strings.TrimSpace(commit), "HEAD")
	if err != nil {
		return "", fmt.Errorf("HEAD and %s have no common ancestor; a shallow clone may lack it", revision)
	}
	return strings.TrimSpace(base), nil
}

func (g git) run(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = g.dir, &stdout, &stderr
	switch err := cmd.Run(); {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("git is not in PATH")
	case g.ctx.Err() != nil:
		return "", g.ctx.Err()
	case err != nil:
		first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, first)
	}
	return stdout.String(), nil
}
