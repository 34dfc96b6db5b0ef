// Package wire talks to the bank's network.
package wire

import (
	"context"
	"net"
	"time"
)

// Send delivers a message within five seconds, whoever waits for it.
func Send(addr string, msg []byte) error {
	ctx, cancel := context.WithTimeout(context.TODO(), 5*time.Second)
	defer cancel()
	return SendContext(ctx, addr, msg)
}

// SendContext delivers a message while ctx lives.
func SendContext(ctx context.Context, addr string, msg []byte) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write(msg)
	return err
}

// Size says how long a message gets.
func Size(msg []byte) int { return len(msg) + 4 }
