package fingerprint_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/fingerprint"
)

var base = fingerprint.Key{
	Analyzer: "cancelleak", Category: "path", Package: "example.com/m", Func: "(*T).Run",
	Message: "cancel is lost at run.go:12:3", Line: "\tctx, cancel := context.WithCancel(ctx)",
}

func of(k fingerprint.Key) string {
	return new(fingerprint.Counter).Fingerprint(k)
}

func TestStable(t *testing.T) {
	for name, change := range map[string]func(*fingerprint.Key){
		"lines moved":        func(k *fingerprint.Key) { k.Message = "cancel is lost at run.go:99:1" },
		"file renamed":       func(k *fingerprint.Key) { k.Message = "cancel is lost at sub/walk.go:12:3" },
		"white space":        func(k *fingerprint.Key) { k.Line = "  ctx,cancel:=context.WithCancel( ctx )" },
		"carriage return":    func(k *fingerprint.Key) { k.Line += "\r" },
		"column not in text": func(k *fingerprint.Key) { k.Message = "cancel is lost at run.go:12" },
	} {
		k := base
		change(&k)
		if of(k) != of(base) {
			t.Errorf("%s: the fingerprint changed", name)
		}
	}
}

func TestDistinct(t *testing.T) {
	for name, change := range map[string]func(*fingerprint.Key){
		"analyzer": func(k *fingerprint.Key) { k.Analyzer = "ctxreset" },
		"category": func(k *fingerprint.Key) { k.Category = "loop" },
		"package":  func(k *fingerprint.Key) { k.Package = "example.com/n" },
		"function": func(k *fingerprint.Key) { k.Func = "Run" },
		"message":  func(k *fingerprint.Key) { k.Message = "stop is lost at run.go:12:3" },
		"line":     func(k *fingerprint.Key) { k.Line = "ctx, stop := context.WithCancel(ctx)" },
		"boundary": func(k *fingerprint.Key) { k.Analyzer, k.Category = "cancelleakp", "ath" },
	} {
		k := base
		change(&k)
		if of(k) == of(base) {
			t.Errorf("%s: the fingerprint did not change", name)
		}
	}
}

func TestOrdinal(t *testing.T) {
	var c fingerprint.Counter
	first, second := c.Fingerprint(base), c.Fingerprint(base)
	if first == second {
		t.Errorf("two equal findings have the fingerprint %s", first)
	}
	if first != of(base) {
		t.Errorf("the first of two findings has another fingerprint (%s) than the only one (%s)", first, of(base))
	}
}
