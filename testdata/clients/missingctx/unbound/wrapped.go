package unbound

import (
	"context"

	"github.com/gocql/gocql"
)

// A query of one's own keeps the library's, bound or not, and its method returns another one.
type query struct{ *gocql.Query }

func newQuery(q *gocql.Query) *query { return &query{q} }

func (q *query) WithContext(ctx context.Context) *query { return newQuery(q.Query.WithContext(ctx)) }

func (q *query) Exec() error { return q.Query.Exec() }

func (q *query) scan(ctx context.Context, to *int) error { return q.Query.Scan(to) }
