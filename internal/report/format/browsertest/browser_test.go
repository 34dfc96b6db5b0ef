package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
)

// findBrowser returns the browser, and skips the test if there is none.
func findBrowser(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("CTXLINT_BROWSER"); name != "" {
		return name
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no browser: install Chromium or name one in CTXLINT_BROWSER")
	return ""
}

// A tab is a page in a browser, with all errors that it logged and everything
// that it tried to load.
type tab struct {
	t     *testing.T
	ctx   context.Context
	url   string
	ready chromedp.CSS // visible when the page has drawn itself

	mu         sync.Mutex
	complaints []string
	requests   []string
}

// open opens a report in a browser that is closed when the test ends.
func open(t *testing.T, file string) *tab {
	t.Helper()
	return openReady(t, file, "#title")
}

// openReady opens a file and waits until something in it is visible.
func openReady(t *testing.T, file string, ready chromedp.CSS) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(findBrowser(t)), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1500, 950),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	b := &tab{t: t, ready: ready, url: (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancelAllocator := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancelAllocator)
	b.ctx, _ = chromedp.NewContext(ctx, chromedp.WithListener(b.event))
	t.Cleanup(func() { // waits for the browser, which writes to its directory until it exits
		if err := chromedp.Cancel(b.ctx); err != nil {
			t.Log(err)
		}
	})
	b.run(
		send(network.Enable, network.EnableParams{}),
		send(cdplog.Enable, cdp.Empty{}),
		send(page.Enable, page.EnableParams{}),
	)
	b.goTo("")
	return b
}

// send is a command of the browser's protocol whose outcome does not matter.
func send[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

func (b *tab) event(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "an exception: "+e.ExceptionDetails.Text)
	case *cdplog.EventEntryAdded:
		b.complaints = append(b.complaints, fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
	case *page.EventJavascriptDialogOpening:
		b.complaints = append(b.complaints, "dialog: "+e.Message)
		go chromedp.Do(b.ctx, send(page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}))
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	}
}

// goTo loads the page with an address after the #.
func (b *tab) goTo(fragment string) {
	b.t.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(b.url+fragment), shown(b.ready))
}

func shown(selector chromedp.CSS) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(selector)
}

func click(selector chromedp.CSS) chromedp.Action[chromedp.Void] { return chromedp.Click(selector) }

func (b *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// eval returns the value of an expression in the page, or of its promise.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%v in %s", err, expression)
	}
	return value
}

// checkQuiet fails the test if the page logged an error or tried to load
// anything.
func (b *tab) checkQuiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Errorf("the browser says %s", c)
	}
	for _, r := range b.requests {
		if r != "about:blank" && r != b.url {
			b.t.Errorf("the page asks for %s", r)
		}
	}
}

// write writes a report as a page and returns its file.
func write(t *testing.T, r *report.Report, o *format.Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := format.HTML(&out, r, o); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}
