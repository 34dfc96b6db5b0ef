package worker

import (
	"testing"

	"github.com/google/uuid"

	"ctxlint.test/metrics/labelcardinality/chain/tags"
)

func TestDone(t *testing.T) {
	newTask(true).done(new(tags.Handler))
	(&task{queue: uuid.NewString()}).done(new(tags.Handler))
}
