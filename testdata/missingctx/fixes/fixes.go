// Package fixes has findings with fixes.
package fixes

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/http"
	"os/exec"
	"time"
)

func queries(ctx context.Context, db *sql.DB, id int) error {
	if err := db.Ping(); err != nil { // want `call: PingContext`
		return err
	}
	tx, err := db.Begin() // want `call: BeginTx`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM t WHERE id = $1", id); err != nil { // want `call: ExecContext`
		return err
	}
	return tx.Commit()
}

func requests(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, "https://example.com/", nil) // want `call: NewRequestWithContext`
	if err != nil {
		return
	}
	if resp, err := http.DefaultClient.Do(req); err == nil {
		resp.Body.Close()
	}
}

func runs(ctx context.Context) error {
	return exec.Command("git", "gc").Run() // want `call: CommandContext`
}

func looksUp(ctx context.Context, host string) ([]string, error) {
	return net.LookupHost(host) // want `call: DefaultResolver\.LookupHost`
}

// derived has a deadline that may be meant for something else.
func derived(ctx context.Context, db *sql.DB) error {
	pingCtx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := db.PingContext(pingCtx); err != nil {
		return err
	}
	_, err := db.Exec("1") // want `call: ExecContext`
	return err
}

func polls(ctx context.Context, ready func() bool) error {
	for !ready() {
		time.Sleep(5 * time.Second) // want `sleep: time\.Sleep`
	}
	return nil
}

func pollsFor(ctx context.Context, next func() (string, error)) (string, error) {
	for {
		v, err := next()
		if err != nil {
			return "", err
		}
		if v != "" {
			return v, nil
		}
		time.Sleep(time.Minute) // want `sleep: time\.Sleep`
	}
}

type item struct{ name string }

// never returns no zero value with its errors.
func never(ctx context.Context, ready func() bool) (*item, error) {
	last := &item{}
	for !ready() {
		time.Sleep(time.Minute) // want `sleep: time\.Sleep`
	}
	return last, errors.New("gave up")
}

// silent has no error to return.
func silent(ctx context.Context, ready func() bool) {
	for !ready() {
		time.Sleep(time.Minute) // want `sleep: time\.Sleep`
	}
}
