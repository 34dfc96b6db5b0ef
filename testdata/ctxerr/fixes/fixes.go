// Package fixes has findings with a fix.
package fixes

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"
)

func ping(ctx context.Context, db *sql.DB) error {
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

func equal(ctx context.Context, db *sql.DB) bool {
	err := ping(ctx, db)
	return err == context.Canceled // want "compare: an error"
}

func negated(ctx context.Context, db *sql.DB) error {
	if err := ping(ctx, db); err != nil && (context.Canceled != err) { // want "compare: an error"
		return err
	}
	return nil
}

func inSwitch(ctx context.Context, db *sql.DB) string {
	switch err := ping(ctx, db); err { // want "compare: an error"
	case nil:
		return "up"
	case context.Canceled, context.DeadlineExceeded:
		return "late"
	case sql.ErrConnDone, io.EOF:
		return "closed"
	default:
		return "down"
	}
}

func searched(req *http.Request) bool {
	_, err := http.DefaultClient.Do(req)
	return err != nil && !strings.Contains(err.Error(), "context canceled") // want "text: the text"
}

func caused(ctx context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(io.EOF)
	log.Println(ctx.Err()) // want "cause-lost: the context"
}
