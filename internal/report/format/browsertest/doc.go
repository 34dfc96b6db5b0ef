// Package browsertest tests the HTML report and a graph in a headless browser: Chromium or
// Chrome, from the PATH or as the environment variable CTXLINT_BROWSER names it.
// Without a browser its tests are skipped.
//
// It is a module of its own so that users of ctxlint do not depend on what
// drives the browser.
package browsertest
