package decisions

import "context"

func cutShort(ctx context.Context) error {
	over, cancel := context.WithCancel(context.TODO()) // silent "the fresh context has been cancelled before it is used"
	cancel()
	if err := query(over); err == nil {
		return nil
	}
	return query(ctx)
}

// The goroutines end with the function, which hears of the end of its caller.
func watch(ctx context.Context, lines chan string) {
	own, cancel := context.WithCancel(context.TODO()) // silent "only goroutines get the fresh context"
	defer func() { cancel() }()
	go func() {
		if query(own) != nil {
			cancel()
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case <-own.Done():
			return
		case <-lines:
		}
	}
}
