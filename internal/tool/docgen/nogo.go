package docgen

import (
	"fmt"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
)

// nogoFile is the example of a BUILD file for Bazel's nogo.
const nogoFile = "examples/integrations/nogo/BUILD.bazel"

// nogoBuild returns that file. nogo needs the label of every analyzer.
func nogoBuild(suite []analyzers.Entry) string {
	var b strings.Builder
	b.WriteString(`load("@rules_go//go:def.bzl", "nogo")

nogo(
    name = "nogo",
    config = "nogo.json",
    visibility = ["//visibility:public"],
    deps = [
`)
	for _, e := range suite {
		fmt.Fprintf(&b, "        \"@com_github_ctxlint_ctxlint//analyzers/%s\",\n", e.Name)
	}
	b.WriteString("    ],\n)\n")
	return b.String()
}
