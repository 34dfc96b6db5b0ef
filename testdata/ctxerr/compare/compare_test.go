package compare

import (
	"context"
	"database/sql"
	"testing"
)

func TestPing(t *testing.T) {
	if err := new(sql.DB).PingContext(t.Context()); err != context.Canceled {
		t.Error(err)
	}
}
