// Package regtest tests ctxlint as a whole, on real code. It has only tests:
//
//   - the findings over the standard library and over the libraries that the
//     fixtures import are those in testdata/golden, where each was read and judged;
//   - go vet, ctxlint itself, x/tools' checker and a driver like Bazel's nogo find
//     the same over the same code;
//   - reports are the same bytes whatever the order of the packages and whatever
//     the build cache holds;
//   - the order of declarations, files and packages changes no finding, and each
//     analyzer finds alone what it finds in the suite;
//   - no input makes an analyzer panic, and what a fix leaves behind compiles.
//
// After a change of what the analyzers find,
//
//	go test ./internal/tool/regtest -update
//
// updates the lists and docs/findings.md. It keeps the verdicts; what is new is
// marked unjudged, which the tests refuse.
package regtest
