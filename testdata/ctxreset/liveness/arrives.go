package liveness

import (
	"context"
	"database/sql"
	"time"
)

// The outcome has to be recorded when the job has run out of time, too.
func (w *worker) finish(ctx context.Context, job int, err error) {
	if err != nil {
		w.observe(ctx, err)
	}
	w.record(job, err)
}

func (w *worker) record(job int, err error) {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	w.db.ExecContext(ctx, "UPDATE jobs SET failed = ? WHERE id = ?", err != nil, job)
}

type worker struct {
	db      *sql.DB
	results chan error
}

func (w *worker) observe(context.Context, error) {}

func (w *worker) run(parent context.Context, job int) {
	ctx, cancel := context.WithTimeout(parent, time.Minute)
	defer cancel()
	go w.perform(ctx, job)
	select {
	case <-ctx.Done():
		w.finish(ctx, job, ctx.Err())
	case err := <-w.results:
		w.finish(ctx, job, err)
	}
}

func (w *worker) perform(ctx context.Context, job int) {
	_, err := w.db.ExecContext(ctx, "CALL job(?)", job)
	select {
	case w.results <- err:
	case <-ctx.Done():
	}
}

// So does what is called on.
func (w *worker) settle(ctx context.Context, job int) {
	w.settleAll(ctx, job)
}

func (w *worker) settleAll(ctx context.Context, job int) {
	w.record(job, nil)
	w.observe(ctx, nil)
}

func (w *worker) poll(ctx context.Context, job int) {
	for ctx.Err() == nil {
		w.perform(ctx, job)
	}
	w.settle(ctx, job)
}

// The end of another context says nothing of the one that is passed.
func (w *worker) attempt(ctx context.Context, job int) {
	sub, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if w.perform(sub, job); sub.Err() != nil {
		w.again(ctx, job)
	}
}

func (w *worker) again(ctx context.Context, job int) {
	w.observe(ctx, nil)
	w.db.ExecContext(context.TODO(), "CALL job(?)", job) // want "direct: context.TODO"
}

// Where its end has been seen, it is not passed.
func (w *worker) early(ctx context.Context, job int) {
	if ctx.Err() != nil {
		return
	}
	w.late(ctx, job)
}

func (w *worker) late(ctx context.Context, job int) {
	w.observe(ctx, nil)
	w.db.ExecContext(context.TODO(), "CALL job(?)", job) // want "direct: context.TODO"
}
