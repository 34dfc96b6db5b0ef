package unit

import (
	"context"
	"testing"
	"time"
)

func TestSoon(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 5)
	defer cancel()
	<-ctx.Done()
	time.Sleep(10)
}
