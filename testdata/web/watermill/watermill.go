// Package watermill has a handler of messages.
package watermill

import (
	"context"

	"github.com/ThreeDotsLabs/watermill/message"

	"ctxlint.test/web/work"
)

func process(msg *message.Message) error {
	return work.Load(context.TODO(), msg.UUID) // want `direct: pass msg\.Context\(\)`
}
