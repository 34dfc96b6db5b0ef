package store

func Map(string) error { return ErrGone }
