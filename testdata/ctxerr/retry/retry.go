// Package retry tries again what can only fail.
package retry

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log"
	"time"
)

func paused(ctx context.Context, db *sql.DB) error {
	var err error
	for range 10 {
		err = db.PingContext(ctx) // want `low retry: \(\*sql.DB\).PingContext is tried again, after a pause, when its context has ended`
		if err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func counted(ctx context.Context, db *sql.DB, attempts int) (err error) {
	for i := 0; i < attempts; i++ {
		if err = db.PingContext(ctx); err == nil { // want "retry: .*after a pause"
			break
		}
		log.Println("try again:", i, err)
		<-time.After(time.Duration(i) * time.Second)
	}
	return err
}

func perAttempt(ctx context.Context, db *sql.DB) {
	for {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		err := db.PingContext(attempt) // want "retry: .*after a pause"
		cancel()
		if err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func endless(ctx context.Context, db *sql.DB) {
	for {
		if err := db.PingContext(ctx); err == nil { // want "retry: .* is tried again after its context has ended"
			return
		}
	}
}

func inner(ctx context.Context, db *sql.DB, queries []string) error {
	for _, q := range queries {
		for {
			_, err := db.ExecContext(ctx, q) // want "low retry: .*after a pause"
			if err != nil {
				time.Sleep(time.Second)
				continue
			}
			break
		}
	}
	return nil
}

func inGoroutine(ctx context.Context, db *sql.DB) {
	go func() {
		for {
			conn, err := db.Conn(ctx) // want "low retry: .*after a pause"
			if err != nil {
				time.Sleep(time.Second)
				continue
			}
			conn.Close()
			return
		}
	}()
}

type lock struct {
	db   *sql.DB
	name string
}

func (l *lock) key() string { return fmt.Sprintf("lock/%s", l.name) }

func (l *lock) release(ctx context.Context) {
	for {
		_, err := l.db.ExecContext(ctx, "delete from locks where key = $1", l.key()) // want "retry: .*after a pause"
		if err == nil {
			break
		}
		time.Sleep(time.Second)
	}
}

func fewAtOnce(ctx context.Context, db *sql.DB) (err error) {
	for range 3 {
		if err = db.PingContext(ctx); err == nil { // want "low retry: .* is tried again after its context has ended"
			return nil
		}
	}
	return err
}

// From here on, nothing is wrong.

func asks(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx) // silent "the loop may hear that the context has"
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

func condition(ctx context.Context, db *sql.DB) {
	for ctx.Err() == nil {
		if err := db.PingContext(ctx); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func waits(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second):
		}
	}
}

func looks(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		if errors.Is(err, context.Canceled) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func temporary(err error) bool { return errors.Is(err, sql.ErrConnDone) }

func classifies(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err == nil || !temporary(err) {
			return err
		}
		time.Sleep(time.Second)
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func sleeps(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		if err := sleep(ctx, time.Second); err != nil { // silent "the loop is not seen to end when the"
			return err
		}
	}
}

func nextOfList(ctx context.Context, dbs []*sql.DB) error {
	for _, db := range dbs {
		if err := db.PingContext(ctx); err == nil { // silent "each iteration makes another call: an"
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("all are down")
}

func all(ctx context.Context, dbs []*sql.DB) {
	for _, db := range dbs {
		if err := db.PingContext(ctx); err != nil {
			log.Println(err)
			time.Sleep(time.Second)
		}
	}
}

func worker(ctx context.Context, db *sql.DB) {
	for {
		if err := db.PingContext(ctx); err != nil {
			log.Println(err)
		}
		time.Sleep(time.Second)
	}
}

func once(ctx context.Context, db *sql.DB) error {
	for {
		err := db.PingContext(ctx)
		if err != nil {
			return err
		}
		time.Sleep(time.Second)
	}
}

func atStart(db *sql.DB) {
	ctx := context.Background()
	for {
		if err := db.PingContext(ctx); err == nil { // silent "the context never ends"
			return
		}
		time.Sleep(time.Second)
	}
}

type queue struct{ names []string }

func (q *queue) next() string {
	name := q.names[0]
	q.names = q.names[1:]
	return name
}

func nextOfQueue(ctx context.Context, db *sql.DB, q *queue) {
	for {
		if _, err := db.ExecContext(ctx, q.next()); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

func changed(ctx context.Context, db *sql.DB, more func() context.Context) {
	go func() {
		for {
			if err := db.PingContext(ctx); err == nil { // silent "each iteration makes its context anew"
				return
			}
			time.Sleep(time.Second)
			ctx = more()
		}
	}()
}

func noted(_ context.Context, name string) error {
	if name == "" {
		return errors.New("no name")
	}
	return nil
}

func ignored(ctx context.Context, name string) {
	for {
		if err := noted(ctx, name); err == nil { // silent "what is called is not known to do anything"
			return
		}
		time.Sleep(time.Second)
	}
}
