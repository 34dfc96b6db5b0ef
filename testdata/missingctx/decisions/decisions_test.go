package decisions

import "testing"

func TestPing(t *testing.T) {
	if err := db.Ping(); err != nil { // silent "it is in a test"
		t.Error(err)
	}
}
