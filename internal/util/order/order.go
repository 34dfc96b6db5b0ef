// Package order compares values that package cmp does not.
package order

// Bools orders false before true, as [cmp.Compare] does for what it takes.
func Bools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return +1
}
