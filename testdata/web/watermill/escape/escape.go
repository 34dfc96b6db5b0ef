// Package escape has a handler of messages whose goroutine outlives the message.
package escape

import (
	"github.com/ThreeDotsLabs/watermill/message"

	"ctxlint.test/web/work"
)

func process(msg *message.Message) error {
	go work.Load(msg.Context(), msg.UUID) // want "goroutine: this goroutine works under the context of the job"
	return nil
}
