// Package noreturn holds cancel functions that are not called on paths that do
// not come back.
package noreturn

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"syscall"

	"github.com/sirupsen/logrus"
	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

func work(ctx context.Context) error { return ctx.Err() }

func panics(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		panic(err)
	}
	cancel()
}

func exits(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	cancel()
}

func syscallExits(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		syscall.Exit(1)
	}
	cancel()
}

func goexits(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		runtime.Goexit()
	}
	cancel()
}

func logFatal(ctx context.Context, n int) {
	ctx, cancel := context.WithCancel(ctx)
	err := work(ctx)
	switch n {
	case 0:
		log.Fatal(err)
	case 1:
		log.Fatalf("%v", err)
	case 2:
		log.Fatalln(err)
	case 3:
		log.Panic(err)
	case 4:
		log.Panicf("%v", err)
	default:
		log.Panicln(err)
	case 5:
		cancel()
	}
}

func loggerFatal(ctx context.Context, l *log.Logger) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		l.Fatalf("%v", err)
	}
	cancel()
}

func loggerPanic(ctx context.Context, l *log.Logger) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		l.Panicln(err)
	}
	cancel()
}

func zapFatal(ctx context.Context, l *zap.Logger) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		l.Fatal("work", zap.Error(err))
	}
	cancel()
}

func zapSugaredFatal(ctx context.Context, l *zap.SugaredLogger, n int) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		if n == 0 {
			l.Fatalw("work", "error", err)
		}
		if n == 1 {
			l.Fatal(err)
		}
		l.Fatalf("%v", err)
	}
	cancel()
}

func zapPanic(ctx context.Context, l *zap.Logger) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		l.Panic("work", zap.Error(err))
	}
	cancel()
}

func klogFatal(ctx context.Context, n int) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		switch n {
		case 0:
			klog.Fatal(err)
		case 1:
			klog.Fatalf("%v", err)
		case 2:
			klog.Exit(err)
		case 3:
			klog.ErrorS(err, "work")
			klog.FlushAndExit(klog.ExitFlushTimeout, 1)
		default:
			klog.Exitf("%v", err)
		}
	}
	cancel()
}

func logrusFatal(ctx context.Context, entry *logrus.Entry, n int) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		if n == 0 {
			logrus.Fatal(err)
		}
		if n == 1 {
			logrus.WithError(err).Fatal("work")
		}
		entry.Fatalf("%v", err)
	}
	cancel()
}

func die(err error) {
	log.Print(err)
	os.Exit(1)
}

func dieBySwitch(err error) {
	switch {
	case errors.Is(err, context.Canceled):
		os.Exit(0)
	default:
		die(err)
	}
}

func dieForever() {
	for {
		runtime.Gosched()
	}
}

func dieDeferred() {
	defer fmt.Println("dying")
	panic("dead")
}

func dieGeneric[T any](v T) T { panic(v) }

type app struct{ log *log.Logger }

func (a *app) fail(err error) { a.log.Fatal(err) }

func ownFunction(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		die(err)
	}
	cancel()
}

func ownSwitch(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		dieBySwitch(err)
	}
	cancel()
}

func ownForever(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		dieForever()
	}
	cancel()
}

func ownDeferred(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		dieDeferred()
	}
	cancel()
}

func ownGeneric(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		dieGeneric(err)
	}
	cancel()
}

func ownMethod(ctx context.Context, a *app) {
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		a.fail(err)
	}
	cancel()
}

func ownLiteral(ctx context.Context) {
	fatal := func(err error) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ctx, cancel := context.WithCancel(ctx)
	if err := work(ctx); err != nil {
		fatal(err)
	}
	cancel()
}

func command() *cobra.Command {
	return &cobra.Command{
		Use: "serve",
		Run: func(cmd *cobra.Command, args []string) {
			ctx, cancel := context.WithCancel(cmd.Context())
			if err := work(ctx); err != nil {
				cmd.PrintErrln(err)
				os.Exit(1)
			}
			cancel()
		},
	}
}

// Recovered, but the panic is still what nobody plans with.
func recovered(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	if work(ctx) != nil {
		panic("work")
	}
	cancel()
	return nil
}

func blocksForever(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	if work(ctx) == nil {
		cancel()
		return
	}
	select {}
}

func endless(ctx context.Context, jobs <-chan int) {
	ctx, cancel := context.WithCancel(ctx)
	if work(ctx) == nil {
		cancel()
		return
	}
	for {
		select {
		case <-jobs:
			work(ctx)
		case <-ctx.Done():
		}
	}
}

// A helper that is not written yet makes nothing.
func unwritten(ctx context.Context) (context.Context, context.CancelFunc) {
	panic("not written yet")
}

func discardsNothing(ctx context.Context) {
	_, _ = unwritten(ctx)
}
