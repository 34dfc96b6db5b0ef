package decisions

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/carriers/conns/link"
)

func opens(c *link.Conn) error {
	return c.Open(context.TODO()) // silent "the context at hand is that of the object"
}
