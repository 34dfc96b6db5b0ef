package shared

import "context"

// The first file has the report.
func (a *api) exists(ctx context.Context, id string) bool {
	_, err := a.cache.Get(id)
	return err == nil
}

// reset and its callers have another root.
func (a *api) reset(id string) error { return a.cache.DB.Check(context.TODO(), id) }

func (a *api) remove(ctx context.Context, id string) error {
	return a.reset(id) // want `low chain: →`
}

func (a *api) removeAll(ctx context.Context, ids []string) error {
	for _, id := range ids {
		if err := a.reset(id); err != nil {
			return err
		}
	}
	return nil
}
