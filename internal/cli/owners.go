package cli

import (
	"bytes"
	"path/filepath"

	"github.com/hmarr/codeowners"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// Where GitHub and GitLab look for the file that names the owners of code, and how large it
// may be.
var ownersFiles = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

const maxOwners = 3 << 20

// owners returns who owns the files of the source tree, which are named relative to its
// root. It is nil if nothing says so.
func (s *session) owners() func(path string) []string {
	root := s.sourceRoot()
	for _, name := range ownersFiles {
		content, err := plainfile.Read(filepath.Join(root, filepath.FromSlash(name)), maxOwners)
		if err != nil {
			continue
		}
		rules, err := codeowners.ParseFile(bytes.NewReader(content))
		if err != nil {
			s.note("%s: %v", name, err)
			return nil
		}
		return func(path string) []string {
			rule, err := rules.Match(path)
			if err != nil || rule == nil {
				return nil
			}
			var names []string
			for _, o := range rule.Owners {
				names = append(names, o.String())
			}
			return names
		}
	}
	return nil
}
