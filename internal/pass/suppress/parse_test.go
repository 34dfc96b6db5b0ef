package suppress_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// parsed holds the exported fields of a directive.
type parsed struct {
	Names   []string
	Reason  string
	Problem bool
}

func TestParseComment(t *testing.T) {
	everything := &parsed{}
	names := func(names ...string) *parsed { return &parsed{Names: names} }
	tests := []struct {
		comment string
		want    *parsed // nil means no directive
	}{
		{"//nolint", everything},
		{"// nolint", everything},
		{"//   nolint", everything},
		{"///nolint", everything},
		{"//nolint ", everything},
		{"//nolint\r", everything},
		{"//nolint:all", everything},
		{"//nolint:ALL", everything},
		{"//nolint:govet,all", everything},
		{"//nolint we know", everything}, // nolint needs no reason
		{"//nolint // why", &parsed{Reason: "why"}},
		{"//nolint// why", &parsed{Reason: "why"}},
		{"//nolint:all // why", &parsed{Reason: "why"}},
		{"//nolint:cancelleak", names("cancelleak")},
		{"//nolint:CancelLeak", names("cancelleak")},
		{"// nolint:cancelleak", names("cancelleak")},
		{"//nolint: cancelleak", names("cancelleak")},
		{"//nolint:govet,cancelleak", names("govet", "cancelleak")},
		{"//nolint:govet, cancelleak", names("govet", "cancelleak")},
		{"//nolint:govet ,cancelleak", names("govet", "cancelleak")},
		{"//nolint:,govet,,", names("govet")},
		{"//nolint:cancelleak we know, govet", names("cancelleak")},
		{"//nolint:cancelleak\twe know", names("cancelleak")},
		{"//nolint:cancelleak/path", names("cancelleak/path")},
		{"//nolint:ctxlint/cancelleak", names("cancelleak")},
		{"//nolint:ctxlint/cancelleak/path,govet", names("cancelleak/path", "govet")},
		{"//nolint:ctxlint/*", names("ctxlint")},
		{"//nolint:ctxlint/", names("ctxlint/")},
		{"//nolint:ctxlint/ctxlint/*", names("ctxlint")},
		{"//nolint:cancelleak/*", names("cancelleak")},
		{"//nolint:cancelleak // why", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//nolint:cancelleak//why", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//nolint:cancelleak // see https://example.com", &parsed{Names: []string{"cancelleak"}, Reason: "see https://example.com"}},
		{"//nolint:a,b // why, oh why", &parsed{Names: []string{"a", "b"}, Reason: "why, oh why"}},

		{"//nolint:", nil},
		{"//nolint:,", nil},
		{"//nolint: // why", nil},
		{"//nolintlint", nil},
		{"//nolint-all", nil},
		{"//nolint.", nil},
		{"// no lint", nil},
		{"//Nolint", nil},
		{"// see //nolint:cancelleak", nil},
		{"//\tnolint", nil},
		{"/*nolint*/", nil},
		{"/* nolint:cancelleak */", nil},
		{"", nil},
		{"/", nil},
		{"//", nil},

		{"//lint:ignore ctxlint/cancelleak why", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//lint:ignore ctxlint/cancelleak   why not", &parsed{Names: []string{"cancelleak"}, Reason: "why not"}},
		{"//lint:ignore\tctxlint/cancelleak\twhy", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//lint:ignore ctxlint/* why", &parsed{Names: []string{"ctxlint"}, Reason: "why"}},
		{"//lint:ignore SA1000,ctxlint/a,ctxlint/b why", &parsed{Names: []string{"a", "b"}, Reason: "why"}},
		{"//lint:ignore ctxlint why", &parsed{Names: []string{"ctxlint"}, Reason: "why"}},
		{"//lint:ignore ctxlint/cancelleak/path why", &parsed{Names: []string{"cancelleak/path"}, Reason: "why"}},
		{"//lint:ignore ctxlint/cancelleak/* why", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//lint:ignore ctxlint/ why", &parsed{Names: []string{"ctxlint/"}, Reason: "why"}},
		{"//lint:file-ignore ctxlint/cancelleak why", &parsed{Names: []string{"cancelleak"}, Reason: "why"}},
		{"//lint:ignore ctxlint/cancelleak", &parsed{Names: []string{"cancelleak"}, Problem: true}},
		{"//lint:ignore ctxlint/cancelleak ", &parsed{Names: []string{"cancelleak"}, Problem: true}},
		{"//lint:file-ignore ctxlint/*", &parsed{Names: []string{"ctxlint"}, Problem: true}},

		{"//ctxlint:detached why", &parsed{Names: []string{"ctxreset", "missingctx"}, Reason: "why"}},
		{"//ctxlint:detached   why, oh why", &parsed{Names: []string{"ctxreset", "missingctx"}, Reason: "why, oh why"}},
		{"//ctxlint:detached\twhy\r", &parsed{Names: []string{"ctxreset", "missingctx"}, Reason: "why"}},
		{"//ctxlint:detached // why", &parsed{Names: []string{"ctxreset", "missingctx"}, Reason: "why"}},
		{"//ctxlint:detached", &parsed{Names: []string{"ctxreset", "missingctx"}, Problem: true}},
		{"//ctxlint:detached ", &parsed{Names: []string{"ctxreset", "missingctx"}, Problem: true}},
		{"//ctxlint:detached //", &parsed{Names: []string{"ctxreset", "missingctx"}, Problem: true}},
		{"//ctxlint:detach why", &parsed{Names: []string{"ctxlint"}, Reason: "why", Problem: true}},
		{"//ctxlint:", &parsed{Names: []string{"ctxlint"}, Problem: true}},
		{"// ctxlint:detached why", nil},
		{"//ctxlint detached why", nil},
		{"/*ctxlint:detached why*/", nil},

		{"//lint:ignore SA1000 why", nil},
		{"//lint:ignore cancelleak why", nil},
		{"//lint:ignore", nil},
		{"//lint:ignored ctxlint/cancelleak why", nil},
		{"//lint:", nil},
		{"// lint:ignore ctxlint/cancelleak why", nil},
	}
	for _, tt := range tests {
		d := suppress.ParseComment(tt.comment)
		var got *parsed
		if d != nil {
			got = &parsed{d.Names, d.Reason, d.Problem != ""}
			if want := strings.TrimSpace(tt.comment); d.Text != want {
				t.Errorf("ParseComment(%q).Text = %q, want %q", tt.comment, d.Text, want)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("ParseComment(%q) (-want +got):\n%s", tt.comment, diff)
		}
	}
}

func FuzzParseComment(f *testing.F) {
	for _, seed := range []string{
		"//nolint", "// nolint // why", "//nolint:a,b // why", "//nolint:all", "//nolint:, ,a b", "//nolintlint",
		"//lint:ignore ctxlint/a why", "//lint:file-ignore ctxlint/*,SA1000", "//nolint:\u00a0a\x00", "//nolint:\xff", "/*nolint*/",
		"//nolint:a\n//nolint:b",
		"//nolint:ctxlint/a/b,ctxlint/,/*,a/*/*", "//lint:ignore a/b,ctxlint/ctxlint/*/* why",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, comment string) {
		d := suppress.ParseComment(comment)
		if d == nil {
			return
		}
		if !strings.HasPrefix(d.Text, "//") || strings.Contains(d.Text, "\n") {
			t.Errorf("ParseComment(%q).Text = %q, which is no line comment", comment, d.Text)
		}
		for _, name := range d.Names {
			if len(strings.Fields(name)) != 1 || strings.Contains(name, ",") {
				t.Errorf("ParseComment(%q) names %q, which is not one word", comment, name)
			}
		}
		if d.Reason != strings.TrimSpace(d.Reason) {
			t.Errorf("ParseComment(%q).Reason = %q, not trimmed", comment, d.Reason)
		}
		again := suppress.ParseComment(d.Text)
		if again == nil || !slices.Equal(again.Names, d.Names) || again.Reason != d.Reason || again.Problem != d.Problem {
			t.Errorf("ParseComment(%q) = %+v, but of its text %q %+v", comment, d, d.Text, again)
		}
		if strings.HasPrefix(d.Text, "//lint:") {
			return
		}
		// Its meaning can be written in the usual form.
		text := "//nolint"
		if d.Names != nil {
			text += ":" + strings.Join(d.Names, ",")
		}
		if d.Reason != "" {
			text += " // " + d.Reason
		}
		usual := suppress.ParseComment(text)
		if usual == nil || !slices.Equal(usual.Names, d.Names) || usual.Reason != d.Reason {
			t.Errorf("ParseComment(%q) = %+v, but written as %q %+v", comment, d, text, usual)
		}
	})
}
