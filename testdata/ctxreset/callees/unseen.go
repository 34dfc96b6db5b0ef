package callees

import (
	"context"
	"database/sql"

	"github.com/sirupsen/logrus"
)

// Of what is called here no body is in view: the signature tells whether it could say
// that it was cut short.

type registry interface {
	Enabled(ctx context.Context, name string) bool
	Method(ctx context.Context, name string) method
	Find(ctx context.Context, name string) (method, error)
	Row(ctx context.Context, name string) *sql.Row
	Send(ctx context.Context, name string)
	Go(ctx context.Context, task func())
	Each(ctx context.Context, do func(name string))
}

type method interface{ Name() string }

func isEnabled(ctx context.Context, r registry) bool {
	return r.Enabled(context.Background(), "x") // want `low direct: registry\.Enabled`
}

func names(ctx context.Context, r registry) string {
	return r.Method(context.TODO(), "x").Name() // want `low direct: registry\.Method`
}

func finds(ctx context.Context, r registry) error {
	_, err := r.Find(context.Background(), "x") // want `low direct: registry\.Find`
	return err
}

func scans(ctx context.Context, r registry) (n int, err error) {
	err = r.Row(context.Background(), "x").Scan(&n) // want `low direct: registry\.Row`
	return n, err
}

func tells(ctx context.Context, r registry) {
	r.Send(context.Background(), "x")             // want `low direct: registry\.Send`
	r.Each(context.Background(), func(string) {}) // want `low direct: registry\.Each`
}

// It starts a task, whose context is another affair.
func startsTask(ctx context.Context, r registry) {
	r.Go(context.Background(), func() { _ = r.Method })
}

func throughFunction(ctx context.Context, start func(context.Context, func()), load func(context.Context) error) error {
	start(context.Background(), func() {})
	return load(context.Background()) // want `low direct: cuts load off`
}

// What gives a logger takes values from the context.
var loggerOf func(ctx context.Context) *logrus.Entry

func logs(ctx context.Context) {
	loggerOf(context.TODO()).Info("started")
}
