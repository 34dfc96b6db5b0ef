package unit

import (
	"fmt"
	"slices"
	"strings"
)

// A Scope lists the units whose records are wanted; it is the value of a flag. Each of its
// elements is "main" for the main modules (several in a workspace) and for files outside
// any module, "std" for the standard library and commands, or the path of a
// module.
type Scope []string

// Include reports whether the scopes have the unit in them.
func (s Scope) Include(cfg *Config) bool {
	switch {
	case cfg.Std():
		return slices.Contains(s, "std")
	case cfg.Main():
		return slices.Contains(s, "main")
	}
	return slices.Contains(s, cfg.Owner().Path)
}

func (s *Scope) String() string { return strings.Join(*s, ",") }

// Set takes the scopes, separated by commas.
func (s *Scope) Set(value string) error {
	*s = nil
	if value == "" {
		return nil
	}
	for elem := range strings.SplitSeq(value, ",") {
		if elem == "" {
			return fmt.Errorf("empty scope in %q", value)
		}
		*s = append(*s, elem)
	}
	return nil
}
