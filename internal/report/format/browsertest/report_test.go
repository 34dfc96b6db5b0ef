package browsertest

import (
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/format/formattest"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// TestHostile opens every finding of a report that tries to attack its readers:
// nothing may run, load or become an element.
func TestHostile(t *testing.T) {
	r := formattest.Report()
	b := open(t, write(t, r, formattest.Options(t)))
	b.run(shown(".chart"))
	for _, f := range slices.Concat(r.Findings, r.Suppressed) {
		b.goTo("#" + url.Values{"finding": {f.Fingerprint}, "suppressed": {""}}.Encode())
		if got := eval[string](b, `document.querySelector(".permalink").getAttribute("href")`); got != "#"+(url.Values{"finding": {f.Fingerprint}}).Encode() {
			t.Errorf("the permalink of %s is %s", f.Fingerprint, got)
		}
		if got := eval[string](b, `document.getElementById("title").textContent`); got != visible.Text(f.Message) {
			t.Errorf("the page shows the message %q as %q", f.Message, got)
		}
		if category := f.Category; category == "path" {
			b.run(click(".why summary"), shown(".why .example"))
		}
		for selector, want := range map[string]int{"script": 2, "style": 1, "img, iframe, object, embed, link, svg [onload]": 0, `a[href^="javascript:"]`: 0} {
			if got := eval[int](b, fmt.Sprintf("document.querySelectorAll(%q).length", selector)); got != want {
				t.Errorf("finding %s: %d elements %s, want %d", f.Fingerprint, got, selector, want)
			}
		}
		if title := eval[string](b, "document.title"); !strings.HasSuffix(title, "ctxlint report") {
			t.Errorf("the title became %q", title)
		}
	}
	b.checkQuiet()
}

// TestPolicy checks that the browser enforces the page's policy, which is a
// second defence behind what TestHostile checks.
func TestPolicy(t *testing.T) {
	b := open(t, write(t, formattest.Report(), formattest.Options(t)))
	if !eval[bool](b, `(() => { try { document.body.innerHTML = "<b>x</b>"; return false } catch { return true } })()`) {
		t.Error("the page lets a script parse markup")
	}
	eval[bool](b, `(() => {
		const s = document.createElement("img");
		s.src = "https://ctxlint.invalid/x.png";
		document.body.append(s);
		return true;
	})()`)
	time.Sleep(200 * time.Millisecond)
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.ContainsFunc(b.complaints, func(c string) bool { return strings.Contains(c, "violates") }) {
		t.Errorf("an image was not stopped: %q", b.complaints)
	}
}

// many returns a report of n findings, numbered in their messages, with steps
// in their own and in another function.
func many(t *testing.T, n int) (*report.Report, *format.Options) {
	t.Helper()
	dir := t.TempDir()
	r := &report.Report{Packages: n / 10}
	categories := []string{"path", "loop", "field", "discarded", "early"}
	for i := range n {
		file := filepath.Join(dir, fmt.Sprintf("p%03d", i/50), fmt.Sprintf("f%d.go", i/5%10))
		if i%5 == 0 {
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			b.WriteString("package p\n")
			for j := range 5 {
				fmt.Fprintf(&b, "\nfunc F%d(ctx context.Context) error {\n", j)
				for k := range 30 {
					fmt.Fprintf(&b, "\tif v := compute(ctx, %d, \"text\"); v > 0 { // line %d of %d\n\t\treturn nil\n\t}\n", k, k, i)
				}
				b.WriteString("\treturn nil\n}\n")
			}
			if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		at := func(line int) record.Position {
			return record.Position{File: file, Line: 3 + 94*(i%5) + line, Col: 3}
		}
		confidence := catalog.High
		switch {
		case i%10 == 0:
			confidence = catalog.Medium
		case i%20 == 5:
			confidence = catalog.Low
		}
		severity := analyzers.Warning
		if i%40 == 1 {
			severity = analyzers.Error
		}
		r.Findings = append(r.Findings, &report.Finding{
			Package: fmt.Sprintf("example.com/m/p%03d", i/50), Severity: severity, Fingerprint: fmt.Sprintf("%032x:1", i),
			Finding: record.Finding{
				Analyzer: "analyzer" + string(rune('a'+i%6)), Category: categories[i%len(categories)], Func: fmt.Sprintf("F%d", i%5), Confidence: confidence,
				Message: fmt.Sprintf("value%d, the cancel function, is not called on every path, so the context is not released; defer it right here", i),
				Pos:     at(4), End: at(4),
				Related: []record.Related{
					{Pos: at(20), Message: "this return leaves without calling it"},
					{Pos: at(80), Message: "this return leaves without calling it"},
					{Pos: record.Position{File: file, Line: 3, Col: 1}, Message: "and its caller goes on"},
				},
			},
		})
	}
	return r, &format.Options{Dir: dir, Sources: source.NewCache(sourcetest.Below(t, dir), nil)}
}

// TestManyFindings checks that with ten thousand findings the page opens and
// filters without delay, and draws only what is in view.
func TestManyFindings(t *testing.T) {
	r, o := many(t, 10_000)
	start := time.Now()
	file := write(t, r, o)
	written := time.Since(start)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	b := open(t, file)
	t.Logf("written in %v, %.1f MB; browser started and page open in %v", written, float64(info.Size())/1e6, time.Since(start))
	t.Logf("page: parsed and drawn %.0f ms after the navigation started", eval[float64](b, "performance.getEntriesByType('navigation')[0].loadEventEnd"))

	if got := eval[string](b, `document.getElementById("count").textContent`); got != "10,000 findings" {
		t.Errorf("count: %q", got)
	}
	if rows := eval[int](b, `document.querySelectorAll(".row").length`); rows > 40 {
		t.Errorf("%d rows exist", rows)
	}
	// The time from the key that completes the search to the frame that shows
	// the result.
	const measure = `new Promise((done) => {
		const q = document.getElementById("q");
		const start = performance.now();
		q.value = "value7777,";
		q.dispatchEvent(new Event("input"));
		requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
	})`
	for _, round := range []string{"first", "second"} {
		ms := eval[float64](b, measure)
		t.Logf("filtered to one finding in %.0f ms (%s time)", ms, round)
		if ms > 1000 {
			t.Errorf("filtering takes %.0f ms", ms)
		}
		if got := eval[string](b, `document.getElementById("count").textContent`); got != "1 of 10,000 findings" {
			t.Errorf("count: %q", got)
		}
		b.run(click("#clear"))
	}
	// The last finding is a key away, and its row exists then.
	b.run(chromedp.Focus(chromedp.ID("list")), chromedp.KeyEvent(kb.End))
	if got := eval[string](b, `document.getElementById("title").textContent`); !strings.HasPrefix(got, "value9999,") {
		t.Errorf("End goes to %q", got)
	}
	if got := eval[int](b, `Number(document.querySelector(".row.active").getAttribute("aria-posinset"))`); got != 10_000 {
		t.Errorf("the active row is number %d", got)
	}
	b.checkQuiet()
}

// TestKeyboard uses the page without a mouse.
func TestKeyboard(t *testing.T) {
	r, o := many(t, 100)
	b := open(t, write(t, r, o))
	title := func() string { return eval[string](b, `document.getElementById("title").textContent`) }
	focus := func() string {
		return eval[string](b, `document.activeElement.id || document.activeElement.getAttribute("class") || document.activeElement.tagName`)
	}

	b.run(chromedp.KeyEvent("/"))
	if focus() != "q" {
		t.Fatalf("/ moves the focus to %s", focus())
	}
	// With a real keyboard no character would follow; with the protocol one
	// does.
	eval[string](b, `document.getElementById("q").value = ""`)
	b.run(chromedp.KeyEvent("value4"), chromedp.KeyEvent(kb.ArrowDown)) // 4, 40..49
	if focus() != "list" || !strings.HasPrefix(title(), "value4,") {
		t.Errorf("down goes to %s and shows %q", focus(), title())
	}
	b.run(chromedp.KeyEvent(kb.ArrowDown))
	if !strings.HasPrefix(title(), "value40,") {
		t.Errorf("down again shows %q", title())
	}
	if got := eval[string](b, `document.getElementById(document.getElementById("list").getAttribute("aria-activedescendant")).textContent`); !strings.Contains(got, "value40,") {
		t.Errorf("the active row is %q", got)
	}
	b.run(chromedp.KeyEvent(kb.Enter))
	if focus() != "title" {
		t.Errorf("Enter moves the focus to %s", focus())
	}
	// The steps of the graph can be reached and lead to their line.
	for range 20 {
		if strings.HasPrefix(focus(), "station") {
			break
		}
		b.run(chromedp.KeyEvent(kb.Tab))
	}
	b.run(chromedp.KeyEvent(kb.Enter))
	if !strings.HasPrefix(focus(), "place") {
		t.Errorf("Enter on a station moves the focus to %s", focus())
	}
	b.run(chromedp.KeyEvent(kb.Escape))
	if title() != "Overview of what is filtered" || focus() != "list" {
		t.Errorf("Escape shows %q with the focus on %s", title(), focus())
	}
	b.checkQuiet()
}

// TestPermalinks loads addresses of views.
func TestPermalinks(t *testing.T) {
	r, o := many(t, 200)
	b := open(t, write(t, r, o))
	b.goTo("#" + url.Values{"finding": {fmt.Sprintf("%032x:1", 137)}, "check": {"analyzerf/field"}, "package": {"example.com/m/p002"}}.Encode())
	if got := eval[string](b, `document.getElementById("title").textContent`); !strings.HasPrefix(got, "value137,") {
		t.Errorf("the finding is %q", got)
	}
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "2 of 200 findings" {
		t.Errorf("count: %q", got)
	}
	b.goTo("#" + url.Values{"confidence": {"medium"}}.Encode())
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "20 of 200 findings" {
		t.Errorf("count of medium confidence: %q", got)
	}
	b.run(click(`.facet[title="Confidence high"]`))
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "190 of 200 findings" {
		t.Errorf("count of two levels: %q", got)
	}
	b.run(click(`.facet[title="Confidence low"]`))
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "200 findings" {
		t.Errorf("count of all levels: %q", got)
	}
	const titles = `[...document.querySelectorAll('.facet[title^="Confidence "]')].map((f) => f.title).join()`
	if got := eval[string](b, titles); got != "Confidence high,Confidence medium,Confidence low" {
		t.Errorf("levels of the filter: %q", got)
	}
	b.goTo("#" + url.Values{"severity": {"error"}}.Encode())
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "5 of 200 findings" {
		t.Errorf("count of errors: %q", got)
	}
	b.run(click(`.facet[title="Severity warning"]`))
	if got := eval[string](b, `document.getElementById("count").textContent`); got != "200 findings" {
		t.Errorf("count of both severities: %q", got)
	}
	b.goTo("#" + url.Values{"finding": {fmt.Sprintf("%032x:1", 137)}, "check": {"analyzerf/field"}, "package": {"example.com/m/p002"}}.Encode())
	before := eval[string](b, "location.hash")
	b.run(click("#home"), shown(".chart"), chromedp.NavigateBack(), shown(".finding"))
	if got := eval[string](b, "location.hash"); got != before {
		t.Errorf("going back leads to %s, not %s", got, before)
	}
	// The list also shows the finding, and in a single-column layout the page
	// starts with what the address names.
	b.goTo("#" + url.Values{"finding": {fmt.Sprintf("%032x:1", 137)}}.Encode())
	const inView = `(() => {
		const row = document.querySelector('.row[aria-selected="true"]')?.getBoundingClientRect();
		const list = document.getElementById("list").getBoundingClientRect();
		return row !== undefined && row.top >= list.top && row.bottom <= list.bottom + 1;
	})()`
	if !eval[bool](b, inView) {
		t.Error("the row of the finding is not in view")
	}
	b.run(send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 420, Height: 900, DeviceScaleFactor: 1}))
	b.goTo("#" + url.Values{"finding": {fmt.Sprintf("%032x:1", 137)}}.Encode())
	if top := eval[float64](b, `document.getElementById("title").getBoundingClientRect().top`); top < 0 || top > 450 {
		t.Errorf("in a narrow window, the finding starts at %.0f", top)
	}
	if !eval[bool](b, inView) {
		t.Error("in a narrow window, the row of the finding is not in view of the list")
	}
	b.run(send(emulation.ClearDeviceMetricsOverride, cdp.Empty{}))
	// Addresses of findings that are gone, and invalid ones, lead to the
	// overview.
	for _, fragment := range []string{"#finding=gone", "#check=no&package=no", "#%%%&&==", "#q=%3Cimg%3E"} {
		b.goTo(fragment)
		b.run(shown(".overview"))
	}
	b.checkQuiet()
}

// TestAccessibility checks the tree that a screen reader gets.
func TestAccessibility(t *testing.T) {
	r, o := many(t, 100)
	b := open(t, write(t, r, o))
	b.goTo("#" + url.Values{"finding": {fmt.Sprintf("%032x:1", 7)}}.Encode())
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	value := func(v *accessibility.Value) string {
		if v == nil {
			return ""
		}
		return strings.Trim(string(v.Value), `"`)
	}
	found := make(map[string]bool)
	for _, n := range tree.Nodes {
		if n.Ignored {
			continue
		}
		role, name := value(n.Role), value(n.Name)
		found[role+" "+name] = true
		switch role {
		case "button", "link", "searchbox", "listbox", "option", "checkbox", "region", "main", "navigation", "heading":
			if name == "" && role != "main" {
				t.Errorf("a %s has no name", role)
			}
		}
	}
	for _, want := range []string{
		"searchbox Search findings", "navigation Filters", "listbox Findings; arrow keys move, Enter goes to the source",
		"heading value7, the cancel function, is not called on every path, so the context is not released; defer it right here",
		"complementary Path", "status ",
	} {
		if !slices.ContainsFunc(slices.Sorted(maps.Keys(found)), func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("a screen reader finds no %q", want)
		}
	}
	step := func(s string) bool {
		return strings.HasPrefix(s, "button Step 1 this return leaves without calling it line ")
	}
	if !slices.ContainsFunc(slices.Sorted(maps.Keys(found)), step) {
		t.Error("a screen reader finds no step of the path")
	}
}

// TestEvidence checks that what a program has shown is seen at a glance, that the list can be
// reduced to that, and that it can be sorted by place, on narrow screens, too.
func TestEvidence(t *testing.T) {
	r, o := many(t, 30)
	counts := map[int]int64{7: 20_000, 11: 150, 3: 9}
	for i, n := range counts {
		r.Findings[i].Evidence = &report.Evidence{Goroutines: &report.Goroutines{Counts: []int64{n / 3, n}, Wait: "chan send"}}
	}
	r.SortByEvidence()
	r.Inputs = []*report.Input{{Name: "goroutines.txt", Kind: "goroutines", Format: "dump of goroutines", Total: 20_159}}
	b := open(t, write(t, r, o))
	for _, width := range []int64{1400, 900, 390} {
		b.run(send(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 1000, DeviceScaleFactor: 1}))
		b.goTo("#")
		b.run(shown(".row .seen"))
		if got, want := eval[string](b, `[...document.querySelectorAll(".row .seen .n")].map((n) => n.textContent).join(" ")`), "20,000 150 9"; got != want {
			t.Errorf("%d px: the rows have %q, want %q", width, got, want)
		}
		if !eval[bool](b, `(() => {
			const bars = [...document.querySelectorAll(".row .seen .fill")].map((n) => n.getBoundingClientRect().width);
			return bars.length === 3 && bars[0] > bars[1] && bars[1] > bars[2] && bars[2] > 2;
		})()`) {
			t.Errorf("%d px: the bars are not as long as there is evidence", width)
		}
		if !eval[bool](b, `[...document.querySelectorAll(".row")].every((row) => {
			const seen = row.querySelector(".seen"), head = row.querySelector(".rowhead");
			return !seen || [...head.children].every((c) => c.getBoundingClientRect().right <= seen.getBoundingClientRect().left) &&
				seen.getBoundingClientRect().right <= row.getBoundingClientRect().right;
		})`) {
			t.Errorf("%d px: evidence covers the name of a check, or is cut", width)
		}
		if wide := eval[int](b, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); wide > 0 {
			t.Errorf("%d px: the page is %d px too wide", width, wide)
		}
		if text := eval[string](b, `document.querySelector(".overview").textContent`); !strings.Contains(text, "3seen in production") || !strings.Contains(text, "goroutines.txt: dump of goroutines, 20,159 goroutines") {
			t.Errorf("%d px: the overview does not say what was seen: %s", width, text)
		}
		b.goTo("#" + url.Values{"finding": {r.Findings[0].Fingerprint}}.Encode())
		b.run(shown(".facts .evidence"))
		if text := eval[string](b, `document.querySelector(".facts .evidence").textContent`); text != r.Findings[0].Evidence.Sentences()[0] {
			t.Errorf("%d px: the finding says %q", width, text)
		}
	}
	b.goTo("#")
	check := func(label string) {
		t.Helper()
		if !eval[bool](b, fmt.Sprintf(`(() => {
			const option = [...document.querySelectorAll("label.option")].find((n) => n.textContent.startsWith(%q));
			if (option) option.querySelector("input").click();
			return Boolean(option);
		})()`, label)) {
			t.Fatalf("no option %q", label)
		}
	}
	firsts := func() string {
		return eval[string](b, `[...document.querySelectorAll(".row .rowplace")].slice(0, 3).map((n) => n.textContent.split("  ").pop()).join(" ")`)
	}
	check("only what has evidence")
	if got := eval[int](b, `document.querySelectorAll(".row").length`); got != 3 {
		t.Errorf("%d findings have evidence, want 3", got)
	}
	if got, want := firsts(), "p000/f1.go:195 p000/f2.go:101 p000/f0.go:289"; got != want {
		t.Errorf("by evidence: %s, want %s", got, want)
	}
	check("sorted by place")
	if got, want := firsts(), "p000/f0.go:289 p000/f1.go:195 p000/f2.go:101"; got != want {
		t.Errorf("by place: %s, want %s", got, want)
	}
	if got := eval[string](b, "location.hash"); got != "#evidence=&sort=place" {
		t.Errorf("the address is %s", got)
	}
	b.checkQuiet()
}
