package metriclib

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/words"
)

// Scans reports whether fn copies the columns of a row of a database into the variables that
// its arguments point to, in this order.
func Scans(fn *types.Func) bool {
	s, ok := SymbolOf(fn)
	return ok && s.Name == "Scan" && (s.Recv == "Row" || s.Recv == "Rows") && (s.Pkg == "database/sql" || s.Pkg == "github.com/jackc/pgx")
}

// IsKey reports whether column i of what a statement of SQL returns is the key of a row, by
// its name.
func IsKey(statement string, i int) bool {
	columns := columnsOf(statement)
	if i >= len(columns) {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimSpace(columns[i]), " ") // without an alias
	return words.RowKey.Is(strings.Trim(name[strings.LastIndex(name, ".")+1:], "`\"[]"))
}

// columnsOf returns the expressions for the columns that a statement returns, nil if there
// are none.
func columnsOf(statement string) []string {
	text := strings.ToLower(strings.Join(strings.Fields(withoutParentheses(statement)), " "))
	if _, list, ok := strings.Cut(text, " returning "); ok {
		return strings.Split(list, ",")
	}
	if !strings.HasPrefix(text, "select ") && !strings.HasPrefix(text, "with ") {
		return nil
	}
	_, list, _ := strings.Cut(text, "select ")
	list, _, _ = strings.Cut(list, " from ")
	return strings.Split(strings.TrimPrefix(list, "distinct "), ",")
}

// withoutParentheses returns a statement without its subqueries, and without what functions
// get.
func withoutParentheses(statement string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		default:
			if depth == 0 {
				return r
			}
		}
		return -1
	}, statement)
}
