//go:build !windows

package cli

import "os"

// enableSequences makes a terminal interpret escape sequences, and reports
// whether it does.
func enableSequences(*os.File) bool { return true }
