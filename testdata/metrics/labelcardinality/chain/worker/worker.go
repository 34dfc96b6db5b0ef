// Package worker works on tasks.
package worker

import "ctxlint.test/metrics/labelcardinality/chain/tags"

type task struct{ queue string }

func failed(h *tags.Handler, err error) {
	h.Count(tags.Reason(err.Error()))          // want `error: label "reason" is unbounded: each err.Error\(\)`
	h.Count(tags.String("error", err.Error())) // want `error: a label is unbounded: each err.Error\(\)`
	h.Count(tags.Reason(class(err)))
}

func class(err error) string {
	if err == nil {
		return "none"
	}
	return "other"
}

// Only a test stores an identifier in the field.
func (t *task) done(h *tags.Handler) { h.Count(tags.Namespace(t.queue)) } // silent "the value comes from a field of some"

func newTask(urgent bool) *task {
	t := &task{queue: "low"}
	if urgent {
		t.queue = "high"
	}
	return t
}
