package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// tryCache returns why the build cache cannot be written, nil if it can. The go command
// does not say: if the disk is full, for example, it does not find the standard library.
func (s *session) tryCache() error {
	dir := s.env.GOCACHE
	if dir == "" {
		return nil
	}
	f, err := os.CreateTemp(dir, "ctxlint")
	if err == nil {
		_, err = f.Write(make([]byte, 64<<10))
		err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("nothing can be analysed, because the build cache %s cannot be written: %w", dir, plainfile.Reason(err))
	}
	return nil
}
