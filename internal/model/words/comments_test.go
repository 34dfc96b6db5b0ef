package words

import (
	"strings"
	"testing"
)

func examples(s string) []string { return strings.Split(s, " | ") }

// TestPhrases checks that each example has the phrase of its row, and each
// counter-example has none.
func TestPhrases(t *testing.T) {
	for _, p := range phrases {
		if p.yes == "" || p.no == "" {
			t.Errorf("the row of %q lacks examples or counter-examples", p.pattern)
		}
		for _, text := range examples(p.yes) {
			if !p.in(sentence(text)) {
				t.Errorf("%q has nothing of %q", text, p.pattern)
			}
			if !SaysDetached(text) || p.plain && !SaysFreshOnPurpose(text) {
				t.Errorf("SaysDetached(%q) = %t, SaysFreshOnPurpose = %t", text, SaysDetached(text), SaysFreshOnPurpose(text))
			}
		}
		for _, text := range examples(p.no) {
			if SaysDetached(text) || SaysFreshOnPurpose(text) {
				t.Errorf("SaysDetached(%q) = true", text)
			}
		}
	}
}

// TestPhrasesAreNeeded checks that each row knows something that no other row
// knows.
func TestPhrasesAreNeeded(t *testing.T) {
	for i, p := range phrases {
		needed := false
		for _, text := range examples(p.yes) {
			others := 0
			for k, other := range phrases {
				if k != i && other.in(sentence(text)) {
					others++
				}
			}
			needed = needed || others == 0
		}
		if !needed {
			t.Errorf("every example of %q has another phrase, too", p.pattern)
		}
	}
}

func TestFreshOnPurpose(t *testing.T) {
	for _, text := range []string{"The upload outlives the request.", "best effort", "Deliberately ignoring the caller.", ""} {
		if SaysFreshOnPurpose(text) {
			t.Errorf("SaysFreshOnPurpose(%q) = true", text)
		}
	}
}

func TestSentence(t *testing.T) {
	got := strings.Join(sentence("It can’t (yet) use r.Context(), but cannot fire-and-forget: don't.\n\tOr\twill it?"), " ")
	if want := "it ca not yet use r.context , but can not fire and forget : do not . or will it ?"; got != want {
		t.Errorf("sentence = %q, want %q", got, want)
	}
	if SaysDetached(" ... ,, ?? \n") {
		t.Error("marks alone say something")
	}
}
