//go:build !unix

package unit

import "time"

// processorTime is not known.
func processorTime() time.Duration { return 0 }
