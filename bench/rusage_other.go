//go:build !unix

package main

import "os"

// peakMemory returns 0: the system does not record it for descendants.
func peakMemory(*os.ProcessState) int64 { return 0 }
