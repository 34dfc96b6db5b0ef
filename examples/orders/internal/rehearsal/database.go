// Package rehearsal has what the service needs to run in one process on its own: a
// database in memory, a billing service, a web hook, and customers.
package rehearsal

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io"
	"strings"
	"sync"
)

// Database returns a database in memory that knows the statements of package store.
func Database() *sql.DB { return sql.OpenDB(&memory{orders: make(map[string][]driver.Value)}) }

// memory is a database. It is also the only connection to itself, which every caller gets.
type memory struct {
	mu     sync.Mutex
	orders map[string][]driver.Value // customer, item, quantity, cents and status, by ID
}

func (m *memory) Connect(context.Context) (driver.Conn, error) { return m, nil }
func (m *memory) Driver() driver.Driver                        { return m }
func (m *memory) Open(string) (driver.Conn, error)             { return m, nil }
func (m *memory) Prepare(string) (driver.Stmt, error)          { return nil, driver.ErrSkip }
func (m *memory) Close() error                                 { return nil }
func (m *memory) Begin() (driver.Tx, error)                    { return m, nil }
func (m *memory) Commit() error                                { return nil }
func (m *memory) Rollback() error                              { return nil }

// ExecContext runs a statement that changes orders; events, and what was seen, are not kept.
func (m *memory) ExecContext(_ context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case strings.HasPrefix(query, "INSERT INTO orders"):
		var row []driver.Value
		for _, arg := range args[1:] {
			row = append(row, arg.Value)
		}
		m.orders[args[0].Value.(string)] = row
	case strings.HasPrefix(query, "UPDATE orders SET status"):
		if row := m.orders[args[0].Value.(string)]; row != nil {
			row[len(row)-1] = args[1].Value
		}
	}
	return driver.RowsAffected(1), nil
}

// QueryContext returns the order with an ID, and nothing for any other query.
func (m *memory) QueryContext(_ context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := &rows{names: []string{"customer", "item", "quantity", "cents", "status"}}
	if id, ok := args[0].Value.(string); ok && strings.Contains(query, "WHERE id =") {
		if row := m.orders[id]; row != nil {
			found.values = append(found.values, append([]driver.Value(nil), row...))
		}
	}
	return found, nil
}

type rows struct {
	names  []string
	values [][]driver.Value
}

func (r *rows) Columns() []string { return r.names }
func (r *rows) Close() error      { return nil }

func (r *rows) Next(dest []driver.Value) error {
	if len(r.values) == 0 {
		return io.EOF
	}
	copy(dest, r.values[0])
	r.values = r.values[1:]
	return nil
}
