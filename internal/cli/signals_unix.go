//go:build unix

package cli

import (
	"os"
	"syscall"
)

// interrupts are the signals that end a run. The children are in another
// process group, so ctxlint also has to end them when its terminal goes away.
var interrupts = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
