package tested

import "testing"

func TestRoot(t *testing.T) {
	if err := root.Execute(); err != nil {
		t.Error(err)
	}
}
