// Package importpath compares import paths across the versions of a library. It does not
// depend on go/types; package sinktable of metriclib says why.
package importpath

import (
	"slices"
	"strings"
)

// Canonical returns an import path without the parts that depend on the version
// of a library and on how it is fetched: elements such as v5 and v1.26.0,
// suffixes such as .v2, and everything up to a vendor directory.
func Canonical(path string) string {
	if i := strings.LastIndex(path, "/vendor/"); i >= 0 {
		path = path[i+len("/vendor/"):]
	}
	if !strings.Contains(path, "/v") && !strings.Contains(path, ".v") {
		return path
	}
	elems := strings.Split(path, "/")
	kept := elems[:0]
	for i, e := range elems {
		if v, ok := strings.CutPrefix(e, "v"); i > 0 && ok && v != "" && v[0] != '.' && strings.Trim(v, "0123456789.") == "" {
			continue
		}
		if name, ok := strings.CutSuffix(strings.TrimRight(e, "0123456789"), ".v"); ok && len(name)+len(".v") < len(e) {
			e = name
		}
		kept = append(kept, e)
	}
	return strings.Join(kept, "/")
}

// IsInternal reports whether only packages of the same module, or of a part of it, can import
// the package at path.
func IsInternal(path string) bool { return strings.Contains("/"+path+"/", "/internal/") }

// IsForTests reports whether only tests, and what supports them, use the package at path:
// package testing and libraries of assertions.
func IsForTests(path string) bool {
	switch Canonical(path) {
	case "testing", "testing/fstest", "testing/iotest", "testing/quick", "testing/slogtest", "testing/synctest",
		"github.com/stretchr/testify/assert", "github.com/stretchr/testify/require", "github.com/stretchr/testify/suite", "github.com/stretchr/testify/mock",
		"github.com/onsi/gomega", "github.com/onsi/ginkgo", "gotest.tools/assert":
		return true
	}
	return false
}

// IsAmongTests reports whether the path of a package says that it is part of tests: images
// and servers for them, benchmarks, and what drives them from outside.
func IsAmongTests(path string) bool {
	return slices.ContainsFunc(strings.Split(path, "/"), func(elem string) bool {
		switch elem {
		case "test", "tests", "testing", "e2e", "integration", "bench", "benchmark", "benchmarks":
			return true
		}
		return strings.HasSuffix(elem, "_test") || strings.HasPrefix(elem, "test_") || strings.HasPrefix(elem, "testutil") || strings.HasPrefix(elem, "testhelper")
	})
}

// Imports reports whether the path is that of one of a package's imports.
func Imports[P interface{ Path() string }](imports []P, path string) bool {
	return slices.ContainsFunc(imports, func(p P) bool { return p.Path() == path })
}
