//go:build !unix

package vettool

import "time"

// processorTime is not known.
func processorTime() time.Duration { return 0 }
