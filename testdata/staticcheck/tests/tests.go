// Package tests is tested with goroutines.
package tests

func work() bool { return true }
