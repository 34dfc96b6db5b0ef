package billing_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/orders/internal/billing"
)

func TestChargeTriesAgain(t *testing.T) {
	tests := []struct {
		name    string
		answers []int
		ok      bool
	}{
		{"at once", []int{200}, true},
		{"second attempt", []int{503, 200}, true},
		{"no money", []int{402}, false},
		{"down", []int{503, 503, 503}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.answers[calls])
				calls++
			}))
			defer server.Close()

			err := billing.New(server.URL).Charge(t.Context(), billing.Bill{Order: "7", Cents: 900})
			if (err == nil) != test.ok {
				t.Errorf("Charge returns %v, want success: %t", err, test.ok)
			}
			if calls != len(test.answers) {
				t.Errorf("%d calls, want %d", calls, len(test.answers))
			}
		})
	}
}
