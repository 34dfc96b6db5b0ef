// Package loggers logs by functions of its own. Where the body of one sends what it
// gets to another machine, the end of its context is likely to matter; its name says
// that it need not.
package loggers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

func send(ctx context.Context, text string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://logs.example.com", bytes.NewBufferString(text))
	if err != nil {
		return
	}
	if res, err := http.DefaultClient.Do(req); err == nil {
		res.Body.Close()
	}
}

func storeLogIf(ctx context.Context, err error) {
	if err != nil {
		send(ctx, err.Error())
	}
}

func logEvent(ctx context.Context, what string) { send(ctx, what) }

type target struct {
	LogOnceIf func(ctx context.Context, err error, id string)
	Notify    func(ctx context.Context, id string)
}

func named(ctx context.Context, db *store.DB, id string) error {
	err := db.Check(ctx, id)
	storeLogIf(context.TODO(), err)     // want `low direct: context\.TODO.* cuts storeLogIf off`
	logEvent(context.TODO(), "deleted") // want `low direct: context\.TODO.* cuts logEvent off`
	return err
}

func (t *target) fields(ctx context.Context, db *store.DB, id string) error {
	err := db.Check(ctx, id)
	t.LogOnceIf(context.TODO(), err, id)
	return err
}

func reports(err error) { storeLogIf(context.TODO(), err) }

func throughHelper(ctx context.Context, db *store.DB, id string) error {
	err := db.Check(ctx, id)
	reports(err) // want `low chain: →`
	return err
}

// What only writes to a file is a logger through and through.

type journal struct{ out io.Writer }

func (j *journal) logSale(ctx context.Context, id string) {
	user, _ := ctx.Value(journalKey{}).(string)
	fmt.Fprintln(j.out, user, id)
}

type journalKey struct{}

func (j *journal) sells(ctx context.Context, db *store.DB, id string) error {
	j.logSale(context.TODO(), id)
	return db.Check(ctx, id)
}

// An audit log that keeps its records in the database.
type audit struct{ db *store.DB }

func (a *audit) LogOrderEvent(o store.Order) { _ = a.db.Verify(context.TODO(), o) }

func audited(ctx context.Context, a *audit, o store.Order) error {
	err := a.db.Verify(ctx, o)
	a.LogOrderEvent(o) // want `low chain: →`
	return err
}

// The context of Listen is for the look-up of the address.
func listens(ctx context.Context, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	return lc.Listen(context.TODO(), "tcp", addr)
}

// Near misses.

func dials(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(context.TODO(), "tcp", addr) // want `direct: context\.TODO`
}

func logIn(ctx context.Context, db *store.DB, user string) { _ = db.Check(ctx, user) }

func logsIn(ctx context.Context, db *store.DB, user string) {
	logIn(context.TODO(), db, user) // want `direct: context\.TODO`
}

func sends(ctx context.Context, id string) {
	send(context.TODO(), id) // want `direct: context\.TODO`
}

func (t *target) notifies(ctx context.Context, id string) {
	t.Notify(context.TODO(), id) // want `direct: context\.TODO`
}

// What says whether it worked is no logging.
func logOrder(ctx context.Context, db *store.DB, o store.Order) error { return db.Verify(ctx, o) }

func saves(ctx context.Context, db *store.DB, o store.Order) error {
	return logOrder(context.TODO(), db, o) // want `direct: context\.TODO`
}

// An Encoder is configured where its type is known to do so without waiting.
type Encoder interface {
	SetConfig(ctx context.Context, options ...string) error
}

type memory struct{ options []string }

func (m *memory) SetConfig(_ context.Context, options ...string) error {
	m.options = options
	return nil
}

func newMemory() *memory { return new(memory) }

func configures(ctx context.Context, kind string) (Encoder, error) {
	var e Encoder
	switch kind {
	case "memory":
		e = newMemory()
		if err := e.SetConfig(context.TODO(), "small"); err != nil {
			return nil, err
		}
	}
	return e, nil
}

// ConfigureAny is given one of any type.
func ConfigureAny(ctx context.Context, e Encoder) error {
	return e.SetConfig(context.TODO(), "small") // want `low direct: context\.TODO`
}
