package fingerprint_test

import (
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/report/fingerprint"
)

var base = fingerprint.Key{
	Analyzer: "cancelleak", Category: "path", Func: "(*T).Run",
	Statement: "ctx , cancel := f ( )", Subject: "cancel",
}

func of(k fingerprint.Key) string {
	return new(fingerprint.Counter).Fingerprint("example.com/m", k)
}

func TestDistinct(t *testing.T) {
	for name, change := range map[string]func(*fingerprint.Key){
		"analyzer":  func(k *fingerprint.Key) { k.Analyzer = "ctxreset" },
		"category":  func(k *fingerprint.Key) { k.Category = "loop" },
		"function":  func(k *fingerprint.Key) { k.Func = "Run" },
		"statement": func(k *fingerprint.Key) { k.Statement = "ctx , cancel := g ( )" },
		"subject":   func(k *fingerprint.Key) { k.Subject = "ctx" },
		"boundary":  func(k *fingerprint.Key) { k.Analyzer, k.Category = "cancelleakp", "ath" },
	} {
		k := base
		change(&k)
		if of(k) == of(base) {
			t.Errorf("%s: the fingerprint did not change", name)
		}
		if k.ID() == base.ID() {
			t.Errorf("%s: the ID did not change", name)
		}
	}
	if new(fingerprint.Counter).Fingerprint("example.com/n", base) == of(base) {
		t.Error("package: the fingerprint did not change")
	}
}

func TestOrdinal(t *testing.T) {
	var c fingerprint.Counter
	first, second := c.Fingerprint("example.com/m", base), c.Fingerprint("example.com/m", base)
	if first == second {
		t.Errorf("two equal findings have the fingerprint %s", first)
	}
	if first != of(base) {
		t.Errorf("the first of two findings has another fingerprint (%s) than the only one (%s)", first, of(base))
	}
}

// anchor returns the anchor of what is between « and ».
func anchor(t *testing.T, source string) (statement, subject string) {
	t.Helper()
	before, rest, ok1 := strings.Cut(source, "«")
	marked, after, ok2 := strings.Cut(rest, "»")
	if !ok1 || !ok2 {
		t.Fatalf("nothing is marked in %q", source)
	}
	place := func(text string) fingerprint.Place {
		line := strings.Count(text, "\n")
		return fingerprint.Place{Line: line + 1, Col: len(text) - strings.LastIndex(text, "\n")}
	}
	return fingerprint.NewFile([]byte(before+marked+after)).Anchor(place(before), place(before+marked))
}

func TestAnchor(t *testing.T) {
	for name, test := range map[string]struct{ source, statement, subject string }{
		"statement":  {"package p; func f() { g(); x, «y» := h(1); g() }", "x , y := h ( 1 )", "y"},
		"wrapped":    {"package p; func f() {\n\tx, «y» := h(\n\t\t1, // one\n\t)\n}", "x , y := h ( 1 )", "y"},
		"loop":       {"package p; func f() { «for _, x := range xs { g(x) }» }", "for _ , x := range xs { }", "for _ , x := range xs { }"},
		"closure":    {"package p; func f() { «go» func() { g() }() }", "go func ( ) { } ( )", "go"},
		"case":       {"package p; func f() { select { case x := <-c: g(x); «default»: h() } }", "default :", "default"},
		"in a block": {"package p; func f() { if x { «return» x } }", "return x", "return"},
		"function":   {"package p; func «f»() { g() }", "func f ( ) { }", "f"},
		"field":      {"package p; type T struct { a int; «b» string }", "b string", "b"},
		"spec":       {"package p; var ( a = 1; b = «g()» )", "b = g ( )", "g ( )"},
		"element":    {"package p; var a = []T{ {1, 2}, {«3», 4} }", "{ 3 , 4 }", "3"},
		"raw string": {"package p; var a = «`x\r\ny`»", "a = `x\ny`", "`x\ny`"},
		"text":       {"{% for x in\t«y» %}\n", "{%forxiny%}", ""},
	} {
		statement, subject := anchor(t, test.source)
		if statement != test.statement || subject != test.subject {
			t.Errorf("%s: got %q and %q, want %q and %q", name, statement, subject, test.statement, test.subject)
		}
	}
}

func TestRoot(t *testing.T) {
	const source = "package p\n\nfunc (t *T) f() {\n\tg(\n\t\t1)\n}\n\nvar x = []int{\n\t2,\n}\n"
	for place, want := range map[fingerprint.Place][2]string{
		{Line: 4, Col: 1}:  {"(*T).f", "g ( 1 )"}, // stands for what the line starts with
		{Line: 4, Col: 3}:  {"(*T).f", "g ( 1 )"},
		{Line: 5, Col: 1}:  {"(*T).f", "g ( 1 )"},
		{Line: 9, Col: 1}:  {"", "[ ] int { 2 }"},
		{Line: 2, Col: 1}:  {"", ""}, // nothing is there
		{Line: 0, Col: 0}:  {"", ""},
		{Line: 99, Col: 1}: {"", ""},
	} {
		fn, statement := fingerprint.NewFile([]byte(source)).Root(place)
		if got := [2]string{fn, statement}; got != want {
			t.Errorf("%v: %q, want %q", place, got, want)
		}
	}
	if fn, statement := fingerprint.NewFile([]byte("no Go")).Root(fingerprint.Place{Line: 1, Col: 1}); fn+statement != "" {
		t.Errorf("a file that is not Go has the root %q %q", fn, statement)
	}
}

// TestAnchorStaysInside checks that even wrong positions are no problem: the
// file may have changed since it was analysed.
func TestAnchorStaysInside(t *testing.T) {
	for _, source := range []string{"", "package p", "package p\n\nfunc f() {\n\tg()\n}\n", "no Go"} {
		f := fingerprint.NewFile([]byte(source))
		for line := -1; line < 8; line++ {
			for col := -1; col < 12; col++ {
				f.Anchor(fingerprint.Place{Line: line, Col: col}, fingerprint.Place{Line: line + 1, Col: col - 2})
				f.Anchor(fingerprint.Place{Line: line, Col: col}, fingerprint.Place{})
			}
		}
	}
}
