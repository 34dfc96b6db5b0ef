package scope_test

import (
	"go/parser"
	"go/token"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

func TestHelpsTests(t *testing.T) {
	for src, want := range map[string]bool{
		`import "testing"; func f(t testing.TB) {}`:                           true,
		`import tst "testing"; func f(t *tst.T) {}`:                           true,
		`import "testing"; var tested = testing.Testing()`:                    false,
		`import _ "testing"`:                                                  false,
		`import "testing/fstest"; var fs fstest.MapFS`:                        true,
		`import "github.com/stretchr/testify/require"; var _ = require.Equal`: true,
		`import "net/http/httptest"; var s *httptest.Server`:                  true,
		`import "net/http/httptest"; var r = httptest.NewRecorder()`:          false,
		`import "net/http"; var s *http.Server`:                               false,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "p.go", "package p; "+src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := scope.HelpsTests(f); got != want {
			t.Errorf("%s: %t, want %t", src, got, want)
		}
	}
}
