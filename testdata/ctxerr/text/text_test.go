package text

import (
	"strings"
	"testing"
)

func TestWrapped(t *testing.T) {
	if err := wrapped(t.Context()); !strings.Contains(err.Error(), "context canceled") {
		t.Error(err)
	}
}
