package nilcontext

import "testing"

func TestFirst(t *testing.T) {
	first(nil) // want "medium SA1012: do not pass a nil Context"
}
