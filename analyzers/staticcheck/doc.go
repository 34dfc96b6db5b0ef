// Package staticcheck makes checks of [staticcheck] part of ctxlint's suite: those
// about contexts, goroutines, channels and locks. They keep their names, and the
// addresses of their documentation. What they find is reported as ctxlint reports
// everything else.
//
// They belong to the command and to its vet tool. golangci-lint and gopls have
// staticcheck themselves.
//
// [staticcheck]: https://staticcheck.dev
package staticcheck
