package decisions

import (
	"context"
	"testing"
)

func TestQuery(t *testing.T) {
	if err := query(context.TODO()); err != nil { // silent "it is in a test"
		t.Error(err)
	}
}
