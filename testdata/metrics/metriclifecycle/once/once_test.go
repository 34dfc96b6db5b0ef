package main

import "testing"

func TestRequests(t *testing.T) {
	newRequests().Inc()
	newRequests().Inc()
}
