package cli

import "os"

// interrupts are the signals that end a run.
var interrupts = []os.Signal{os.Interrupt}
