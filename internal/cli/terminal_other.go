//go:build !windows

package cli

import "os"

// enableSequences makes a terminal obey escape sequences; it reports whether it does.
func enableSequences(*os.File) bool { return true }
