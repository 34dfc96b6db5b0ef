// Package decisions has a line for each reason for which a wait is right as it is.
package decisions

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"time"

	"google.golang.org/grpc"
)

var db *sql.DB

func free() error {
	return db.Ping() // silent "no context is at hand in the function"
}

func apart(ctx context.Context) {
	go func() {
		db.Ping() // silent "it runs in a goroutine"
	}()
	<-ctx.Done()
}

func ended(ctx context.Context) error {
	<-ctx.Done()
	return db.Ping() // silent "the context at hand is nil there, or has ended"
}

func gone(ctx context.Context, work func(context.Context) error) error {
	if err := work(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return db.Ping() // silent "the context of the caller has been replaced by one that is over"
}

func conn(ctx context.Context) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	tx, err := c.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	_, err = tx.Exec("SELECT 1") // want "low call: .*"
	return err
}

func ask(ctx context.Context, client *http.Client) error {
	req, err := http.NewRequest("GET", "http://host", nil) // silent "the request is not sent as it is"
	if err != nil {
		return err
	}
	resp, err := client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func prepares(ctx context.Context) *exec.Cmd {
	cmd := exec.Command("true") // silent "the command is not run and waited for here"
	return cmd
}

func types(ctx context.Context) error {
	cmd := exec.Command("true") // silent "the command reads what somebody types"
	cmd.Stdin = os.Stdin
	return cmd.Run()
}

func gently(ctx context.Context) error {
	cmd := exec.Command("true") // silent "a literal beside the command waits for the end"
	defer context.AfterFunc(ctx, func() {})()
	go func() {
		<-ctx.Done()
		cmd.Process.Signal(os.Interrupt)
	}()
	return cmd.Run()
}

func datagrams(ctx context.Context) (net.Conn, error) {
	return net.Dial("udp", "host:53") // silent "the connection is of datagrams or local"
}

func short(ctx context.Context) error {
	time.Sleep(time.Millisecond) // silent "the wait is too short"
	return db.PingContext(ctx)
}

func endless(ctx context.Context) {
	db.PingContext(ctx)
	for {
		time.Sleep(time.Minute) // silent "it is in a loop without an end"
	}
}

type cache struct{ rows *sql.Rows }

func (c *cache) first(ctx context.Context) (err error) {
	if c.rows == nil {
		c.rows, err = db.Query("SELECT 1") // silent "it is done once for all who ask"
	}
	return err
}

func load() (string, error) { return "", db.Ping() }

var version string

func once(ctx context.Context) (err error) {
	if version == "" {
		version, err = load() // silent "it is done once for all who ask"
	}
	return err
}

func deletes() error {
	_, err := db.Exec("DELETE FROM t")
	return err
}

func step() error { return nil }

func undo(ctx context.Context) error {
	if err := step(); err != nil {
		deletes() // silent "it undoes what has failed"
	}
	return db.PingContext(ctx)
}

type session struct{}

type request struct{ Ctx context.Context }

func dial(ctx context.Context) *session { return new(session) }

func (*session) Fetch() error                                     { return db.Ping() }
func (*session) FetchContext(ctx context.Context) error           { return db.PingContext(ctx) }
func (*session) Send(r request) error                             { return db.PingContext(r.Ctx) }
func (*session) SendContext(ctx context.Context, r request) error { return db.PingContext(ctx) }
func (*session) Open(ctx context.Context) *session                { return new(session) }

func under(ctx context.Context, s *session) error {
	return s.Open(ctx).Fetch() // silent "the object that it is called on was made under a context"
}

func with(ctx context.Context, s *session) error {
	return s.Send(request{ctx}) // silent "the call is given a context"
}

func tells(ctx context.Context) error {
	slog.InfoContext(ctx, "ping")
	return db.Ping() // silent "the function does nothing with its context but log and trace"
}

func helper() error { return db.Ping() }

func calls(ctx context.Context) error {
	return helper() // want "medium chain: .*"
}

func atOnce(ctx context.Context, target string) (*grpc.ClientConn, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return grpc.Dial(target) // silent "it returns at once"
}
