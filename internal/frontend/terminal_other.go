//go:build !windows

package frontend

import "os"

// enableSequences makes a terminal obey escape sequences; it reports whether it does.
func enableSequences(*os.File) bool { return true }
