package ends

import (
	"context"
	"testing"
)

// A test calls what it likes.
func TestWriteRest(t *testing.T) {
	w := &worker{}
	w.writeRest(context.TODO())
	w.tell(t.Context(), "over")
}
