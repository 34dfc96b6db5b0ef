// Package text searches the texts of errors.
package text

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"google.golang.org/grpc"
)

func ofClient(req *http.Request) bool {
	_, err := http.DefaultClient.Do(req)
	return err != nil && strings.Contains(err.Error(), "context canceled") // want `text: the text of an error is searched for that of context.Canceled, which`
}

func ofContext(ctx context.Context) bool {
	<-ctx.Done()
	return ctx.Err().Error() == "context deadline exceeded" // want "text: the text of an error is searched for that of context.DeadlineExceeded"
}

func wrapped(ctx context.Context) error {
	<-ctx.Done()
	return fmt.Errorf("stopped: %w", ctx.Err())
}

func ofWrapper(ctx context.Context) bool {
	msg := strings.ToLower(wrapped(ctx).Error())
	return strings.HasSuffix(msg, "context canceled") // want "text: the text of an error"
}

const late = "deadline exceeded"

func ofDriver(ctx context.Context, db *sql.DB) bool {
	err := db.PingContext(ctx)
	return err != nil && strings.Contains(err.Error(), late) // want "medium text: the text of an error is searched for that of context.DeadlineExceeded"
}

func given(err error) bool {
	return strings.Index(err.Error(), "context canceled") >= 0 // want "medium text: the text of an error"
}

func ofRPC(ctx context.Context, conn *grpc.ClientConn, in, out any) bool {
	err := conn.Invoke(ctx, "/orders.Orders/Get", in, out)
	return strings.Contains(err.Error(), "context canceled") // want `medium text: .* but the error of a gRPC call is a status; ask status.Code\(err\)`
}

// From here on, nothing is wrong.

func fallback(ctx context.Context, db *sql.DB) bool {
	err := db.PingContext(ctx)
	return errors.Is(err, context.Canceled) || err != nil && strings.Contains(err.Error(), "context canceled")
}

func otherText(ctx context.Context, db *sql.DB) bool {
	return strings.Contains(db.PingContext(ctx).Error(), "connection refused")
}

func noError(line string) bool { return strings.Contains(line, "context canceled") } // silent "the text is not seen to be that of an"

func says() string { return "context canceled" }

func longer(err error) bool {
	return strings.Contains(err.Error(), "context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
}
