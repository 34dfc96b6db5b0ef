package browsertest

import (
	"path/filepath"
	"testing"
)

// TestGraph opens the drawing in the documentation: its sizes assume fonts of a
// certain width, so only a browser shows whether the text fits.
func TestGraph(t *testing.T) {
	file, err := filepath.Abs(filepath.FromSlash("../../../../docs/graph.svg"))
	if err != nil {
		t.Fatal(err)
	}
	b := openReady(t, file, ".node .body")
	const overflowing = `[...document.querySelectorAll(".node")].filter((node) => {
		const body = node.querySelector(".body").getBBox();
		return [...node.querySelectorAll("text")].some((text) => {
			const box = text.getBBox();
			return box.x + box.width > body.x + body.width || box.y + box.height > body.y + body.height;
		});
	}).map((node) => node.querySelector(".name").textContent)`
	if names := eval[[]string](b, overflowing); len(names) > 0 {
		t.Errorf("text stands out of %q", names)
	}
	if n := eval[int](b, `document.querySelectorAll(".node").length`); n < 10 {
		t.Errorf("%d nodes", n)
	}
	b.checkQuiet()
}
