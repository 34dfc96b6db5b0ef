package analyzertest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseWant(t *testing.T) {
	for _, test := range []struct {
		comment string
		delta   int
		want    []string
		err     string
	}{
		{comment: "// what is wanted"},
		{comment: "// wanted"},
		{comment: `// want "path: not called"`, want: []string{"finding of category path matching `not called`"}},
		{comment: `// want "medium path: not"`, want: []string{"finding of category path and medium confidence matching `not`"}},
		{comment: `// want "low path: not"`, want: []string{"finding of category path and low confidence matching `not`"}},
		{comment: `// want "lower path: not"`, err: "`lower path: not` does not begin with a category: want \"category: message\""},
		{comment: "//nolint // want `k8s: ^a`", want: []string{"finding of category k8s matching `^a`"}},
		{comment: `/* want "a: b" */`, want: []string{"finding of category a matching `b`"}},
		{comment: `// want +2 "a: b: c" x:"^ignores\\(0\\)$"`, delta: 2, want: []string{
			"finding of category a matching `b: c`", "fact about x matching `^ignores\\(0\\)$`",
		}},
		{comment: `// want "not called"`, err: "`not called` does not begin with a category: want \"category: message\""},
		{comment: `// want "a: ("`, err: "error parsing regexp: missing closing ): `(`"},
		{comment: `// want x "fact"`, err: "x is not followed by :\"fact\""},
		{comment: `// want "a: b`, err: "literal not terminated"},
		{comment: `// want - "a: b"`, err: "unexpected \"-\""},
	} {
		text, ok := wantText(test.comment)
		if !ok {
			if test.want != nil || test.err != "" {
				t.Errorf("%s: not taken for a want comment", test.comment)
			}
			continue
		}
		delta, list, err := parseWant(text)
		var got []string
		for _, e := range list {
			got = append(got, e.String())
		}
		if err != nil || test.err != "" {
			if fmt.Sprint(err) != test.err {
				t.Errorf("%s: error %v, want %s", test.comment, err, test.err)
			}
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" || delta != test.delta {
			t.Errorf("%s: +%d, want +%d (-want +got):\n%s", test.comment, delta, test.delta, diff)
		}
	}
}
