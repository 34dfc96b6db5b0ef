package metriclib

import "testing"

func TestIsKey(t *testing.T) {
	for _, c := range []struct {
		statement string
		column    int
		want      bool
	}{
		{"SELECT id, name FROM jobs", 0, true},
		{"SELECT id, name FROM jobs", 1, false},
		{"SELECT id, name FROM jobs", 2, false},
		{"select name, coalesce(a, b), j.id as job\n\tfrom jobs j", 2, true},
		{"SELECT `jobs`.`id` FROM jobs WHERE name = ?", 0, true},
		{"SELECT DISTINCT uuid FROM jobs", 0, true},
		{"SELECT count(id) FROM jobs", 0, false},
		{"SELECT (SELECT id FROM other), status FROM jobs", 1, false},
		{"SELECT status, count(*) FROM jobs GROUP BY status", 0, false},
		{"WITH old AS (SELECT status FROM jobs) SELECT id FROM old", 0, true},
		{"INSERT INTO jobs (name) VALUES ($1) RETURNING id", 0, true},
		{"INSERT INTO jobs (id) SELECT id FROM old RETURNING name", 0, false},
		{"INSERT INTO jobs (id) SELECT id FROM old", 0, false},
		{"SELECT valid FROM jobs", 0, false},
		{"SELECT * FROM jobs", 0, false},
		{"", 0, false},
	} {
		if got := IsKey(c.statement, c.column); got != c.want {
			t.Errorf("IsKey(%q, %d) = %t, want %t", c.statement, c.column, got, c.want)
		}
	}
}
