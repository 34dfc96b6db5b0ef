// Package browsertest tests the HTML report and a graph in a headless browser:
// Chromium or Chrome, from the PATH or named by the environment variable
// CTXLINT_BROWSER. Without a browser its tests are skipped.
//
// It is a separate module, so that users of ctxlint do not depend on what
// drives the browser.
package browsertest
