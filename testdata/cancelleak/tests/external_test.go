package tests_test

import (
	"context"
	"testing"

	"ctxlint.test/fixtures/cancelleak/tests"
)

func TestExternal(t *testing.T) {
	ctx, cancel := context.WithCancel(tests.Context(t))
	defer cancel()
	_ = ctx
}

func TestExternalDrops(t *testing.T) {
	ctx, _ := tests.ContextUntilFailure(t) // want "discarded: cancel function of tests.ContextUntilFailure is discarded"
	_ = ctx
}
