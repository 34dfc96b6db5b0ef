package decision_test

import (
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

func TestLog(t *testing.T) {
	var none *decision.Log
	none.Add(decision.Decision{Analyzer: "a"})
	if got := none.All(); got != nil {
		t.Errorf("a nil log has kept %v", got)
	}
	first := decision.Decision{Analyzer: "a", Category: "c", Pos: 1, Reason: "it is clean-up"}
	second := decision.Decision{Analyzer: "a", Category: "c", Pos: 2, Reason: "it is clean-up"}
	other := decision.Decision{Analyzer: "b", Pos: 2, Reason: "it is a lifetime"}
	log := new(decision.Log)
	for _, d := range []decision.Decision{other, second, first, second} {
		log.Add(d)
	}
	if got, want := log.All(), []decision.Decision{first, second, other}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
