package arrivals_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
)

// A context that is held ends for what is started on the way, and for what a finding says of
// code that may run when its function has returned.
func TestEndless(t *testing.T) {
	x := arrivals.NewIndex()
	x.Add("app", []arrivals.Arrival{
		{To: "rooted", From: arrivals.Root},
		{To: "held", From: arrivals.Held},
		{To: "called", From: "held"},
		{To: "started", From: "held", Apart: true},
		{To: "below", From: "started"},
		{To: "mixed", From: "rooted", Apart: true},
		{To: "mixed", From: "called"},
		{To: "recursive", From: "recursive", Apart: true},
		{To: "recursive", From: "held"},
		{To: "ended", From: arrivals.Held},
		{To: "ended"},
		{To: "command", From: arrivals.Command + "lib"},
		{To: "other", From: arrivals.Command + "other"},
		{To: "hidden", From: "nobody"},
	})
	for _, test := range []struct {
		caller        string
		within, apart bool // the answers
	}{
		{"rooted", true, true},
		{"held", true, false},
		{"called", true, false},
		{"started", false, false},
		{"below", false, false},
		{"mixed", true, false},
		{"recursive", false, false},
		{"ended", false, false},
		{"command", true, true},
		{"other", false, false},
		{"hidden", false, false},
	} {
		for within, want := range map[bool]bool{true: test.within, false: test.apart} {
			got := x.Endless(test.caller, within, func(_, library string) bool { return library == "lib" })
			if got != want {
				t.Errorf("Endless(%s, within %t) = %t, want %t", test.caller, within, got, want)
			}
		}
	}
}
