package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// createFile starts the content of a file that the user names.
func (s *session) createFile(name string) (*atomicfile.File, error) {
	if err := s.checkTarget(name); err != nil {
		return nil, err
	}
	return atomicfile.Create(name)
}

// writeFile replaces the content of a file that the user names.
func (s *session) writeFile(name string, content []byte) error {
	if err := s.checkTarget(name); err != nil {
		return err
	}
	return atomicfile.Write(name, content)
}

// checkTarget returns an error if a file within the source tree is a link, or is behind
// one, that leads out of the tree or into the repository's own directory. Whoever wrote
// the code knows the names of reports, and must not decide what they replace. Links
// elsewhere, such as /dev/stdout, are the user's own.
func (s *session) checkTarget(name string) error {
	root := s.sourceRoot()
	if _, ok := plainfile.Below(root, name); !ok {
		return nil
	}
	target := name
	if _, err := os.Lstat(name); err != nil {
		target = filepath.Dir(name)
	}
	real, err := plainfile.Within(root, target)
	if errors.Is(err, plainfile.ErrOutside) || slices.Contains(strings.Split(real, string(filepath.Separator)), ".git") {
		return fmt.Errorf("%s is not written, because a link leads from there out of the source tree", s.formatOptions().Path(name))
	}
	return nil // any other error is told when the file is opened
}
