// Package job has a job as another package of the module declares it.
package job

import "context"

// A Job is done under the context of whoever wants it.
type Job struct {
	Ctx context.Context
	URL string
}

// A Hub has two contexts, and nothing says which is for whom.
type Hub struct{ Base, Serve context.Context }
