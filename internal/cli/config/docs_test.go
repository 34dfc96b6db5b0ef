package config_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
)

func docsFile(name string) string {
	return filepath.Join("..", "..", "..", "docs", filepath.FromSlash(name))
}

func configSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile(docsFile("schema/config.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate validates the text of a configuration file against the schema.
func validate(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	var v any
	if err := yaml.Load([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return schema.Validate(v)
}

// TestDocs checks that the examples in the documentation are valid.
func TestDocs(t *testing.T) {
	doc, err := os.ReadFile(docsFile("config.md"))
	if err != nil {
		t.Fatal(err)
	}
	schema := configSchema(t)
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(doc, -1)
	if len(examples) == 0 {
		t.Fatal("no examples")
	}
	for _, m := range examples {
		if _, err := config.Parse("config.md", m[1], analyzers.Suite()); err != nil {
			t.Errorf("%v\n%s", err, m[1])
		}
		if err := validate(t, schema, string(m[1])); err != nil {
			t.Errorf("%v\n%s", err, m[1])
		}
	}
}

// TestSchema checks that the schema agrees with the parser about structure; the
// schema does not know names.
func TestSchema(t *testing.T) {
	schema := configSchema(t)
	for _, text := range []string{full, "version: 1", "version: 1\nexclude: [{path: ..a, reason: r}]"} {
		parse(t, text)
		if err := validate(t, schema, text); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
	for _, text := range []string{
		"analyzers: {}",
		"version: 2",
		"version: 1\nanalyser: {}",
		"version: 1\nconfidence: sure",
		"version: 1\nanalyzers: {enable: {}}",
		"version: 1\nexclude: [{path: a}]",
		"version: 1\nexclude: [{reason: a}]",
		"version: 1\nexclude: [{path: a, reason: ' '}]",
		"version: 1\nexclude: [{path: /a, reason: r}]",
		"version: 1\nexclude: [{path: ./a, reason: r}]",
		"version: 1\nexclude: [{path: .., reason: r}]",
		"version: 1\nexclude: [{path: ., reason: r}]",
		"version: 1\nexclude: [{path: 'a\\b', reason: r}]",
		"version: 1\nexclude: [{path: [], reason: r}]",
		"version: 1\nrules: [{path: a}]",
		"version: 1\nrules: [{path: a, severity: {labels: off}}]",
		"version: 1\noptions: {labels: {level: {a: b}}}",
	} {
		if _, err := config.Parse("c.yml", bytes.TrimSpace([]byte(text)), testSuite()); err == nil {
			t.Errorf("the parser accepts:\n%s", text)
		}
		if validate(t, schema, text) == nil {
			t.Errorf("the schema accepts:\n%s", text)
		}
	}
}
