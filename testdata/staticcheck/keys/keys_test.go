package keys

import (
	"context"
	"testing"
)

func TestFound(t *testing.T) {
	found(context.WithValue(t.Context(), "keys.test", 1), nil) // want "low SA1029: built-in type string"
}
