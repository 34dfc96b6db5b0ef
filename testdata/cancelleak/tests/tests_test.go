package tests

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stretchr/testify/suite"
)

func TestMain(m *testing.M) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := work(ctx); err != nil {
		os.Exit(1)
	}
	code := m.Run()
	cancel()
	os.Exit(code)
}

func TestFatal(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := work(ctx); err != nil {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatalf("%v", ctx.Err())
	}
	if ctx == nil {
		t.FailNow()
	}
	cancel()
}

func TestSkip(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if work(ctx) != nil {
		t.Skip("no")
	}
	if testing.Short() {
		t.Skipf("no: %d", 1)
	}
	if ctx == nil {
		t.SkipNow()
	}
	cancel()
}

func TestErrorReturns(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour) // want "path: is not called on every path"
	if err := work(ctx); err != nil {
		t.Error(err)
		return
	}
	cancel()
}

func TestCleanup(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	if err := work(ctx); err != nil {
		t.Error(err)
		return
	}
}

func TestCleanupPerTurn(t *testing.T) {
	for _, d := range []time.Duration{1, 2} {
		ctx, cancel := context.WithTimeout(t.Context(), d)
		t.Cleanup(cancel)
		work(ctx)
	}
}

func TestSubtests(t *testing.T) {
	for _, d := range []time.Duration{1, 2} {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(context.Background(), d)
			defer cancel()
			work(ctx)
		})
	}
}

func TestDiscarded(t *testing.T) {
	ctx, _ := context.WithTimeout(context.Background(), time.Hour) // want "discarded: is discarded"
	work(ctx)
}

func TestRequire(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	require.NoError(t, work(ctx))
}

func TestRequireFailNow(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	if err := work(ctx); err != nil {
		require.FailNow(t, err.Error())
	}
	cancel()
}

// A test that cancels on purpose and looks at what happens.
func TestCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	errs := make(chan error, 1)
	go func() { errs <- work(ctx) }()
	cancel()
	if err := <-errs; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A context that is dead before it is used is what the test is about.
func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	errs := make(chan error)
	go func() { errs <- work(ctx) }()
	if <-errs == nil {
		t.Error("no error")
	}
}

func helper(t *testing.T, d time.Duration) (context.Context, func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), d)
	return ctx, cancel
}

func TestHelper(t *testing.T) {
	ctx, stop := helper(t, time.Second)
	defer stop()
	work(ctx)
}

func TestHelperLeaks(t *testing.T) {
	ctx, _ := helper(t, time.Second) // want "discarded: cancel function of .*helper is discarded"
	work(ctx)
}

func BenchmarkLoop(b *testing.B) {
	for b.Loop() {
		ctx, cancel := context.WithCancel(context.Background())
		work(ctx)
		cancel()
	}
}

func BenchmarkParallel(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		for pb.Next() {
			work(ctx)
		}
	})
}

func FuzzWork(f *testing.F) {
	ctx, cancel := context.WithCancel(context.Background())
	f.Cleanup(cancel)
	f.Fuzz(func(t *testing.T, n int) {
		ctx, cancel := context.WithTimeout(ctx, time.Duration(n))
		defer cancel()
		if err := work(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

type workSuite struct {
	suite.Suite
	ctx    context.Context
	cancel context.CancelFunc
}

func (s *workSuite) SetupTest() {
	s.ctx, s.cancel = context.WithTimeout(context.Background(), time.Second)
}

func (s *workSuite) TearDownTest() { s.cancel() }

func (s *workSuite) TestWork() {
	ctx, cancel := context.WithCancel(s.ctx)
	if err := work(ctx); err != nil {
		s.T().Fatal(err)
	}
	cancel()
}

func TestSuite(t *testing.T) { suite.Run(t, new(workSuite)) }

func ExampleContext() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	work(ctx)
}
