package httpapi

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"example.com/orders/internal/billing"
	"example.com/orders/internal/budget"
	"example.com/orders/internal/store"
)

// maxBody is the size of the largest order that is read.
const maxBody = 1 << 16

// place stores a new order and charges it.
func (a *api) place(w http.ResponseWriter, r *http.Request) {
	var o store.Order
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&o); err != nil || o.Quantity < 1 {
		http.Error(w, "an order needs an item and a quantity", http.StatusBadRequest)
		return
	}
	cents, err := a.price(r.Context(), o.Item)
	if err != nil {
		fail(w, r, http.StatusServiceUnavailable, err)
		return
	}
	o.ID, o.Cents, o.Status = rand.Text(), cents*int64(o.Quantity), store.Placed

	ctx, done := budget.Share(r.Context(), 0.8)
	if err := a.orders.Add(ctx, o); err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	err = a.billing.Charge(ctx, billing.Bill{Order: o.ID, Cents: o.Cents})
	done()
	if err != nil {
		a.metrics.Charges.WithLabelValues("failed").Inc()
		fail(w, r, http.StatusPaymentRequired, err)
		return
	}
	a.metrics.Charges.WithLabelValues("paid").Inc()
	answer(w, r, http.StatusCreated, o)
}

// price returns what an item costs, from the catalog if it is there.
func (a *api) price(ctx context.Context, item string) (int64, error) {
	if cents, ok := a.prices.Price(item); ok {
		return cents, nil
	}
	ctx, done := budget.Share(ctx, 0.5)
	defer done()
	return a.billing.Quote(ctx, item)
}

// show answers with one order. That it was seen is noted meanwhile.
func (a *api) show(w http.ResponseWriter, r *http.Request) {
	o, ok := a.find(w, r)
	if ok {
		go a.orders.Seen(r.Context(), o.ID)
		answer(w, r, http.StatusOK, o)
	}
}

// cancel gives the customer's money back.
func (a *api) cancel(w http.ResponseWriter, r *http.Request) {
	o, ok := a.find(w, r)
	if !ok {
		return
	}
	if err := a.billing.Refund(r.Context(), billing.Bill{Order: o.ID, Cents: o.Cents}); err != nil {
		fail(w, r, http.StatusBadGateway, err)
		return
	}
	if err := a.orders.SetStatus(o.ID, store.Cancelled); err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	a.watched.Tell(o.ID, store.Cancelled)
	w.WriteHeader(http.StatusNoContent)
}

// find returns the order that the request names. If there is none it answers
// the request and returns false.
func (a *api) find(w http.ResponseWriter, r *http.Request) (store.Order, bool) {
	o, err := a.orders.Get(r.Context(), r.PathValue("id"))
	switch {
	case errors.Is(err, store.ErrNotFound):
		http.NotFound(w, r)
	case err != nil:
		fail(w, r, http.StatusInternalServerError, err)
	}
	return o, err == nil
}

// export answers with the orders of the last day as CSV.
func (a *api) export(w http.ResponseWriter, r *http.Request) {
	rows, err := a.orders.Since(r.Context(), time.Now().AddDate(0, 0, -1))
	if err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	defer rows.Close()
	w.Header().Set("Content-Type", "text/csv")
	if err := writeCSV(w, rows); err != nil {
		slog.WarnContext(r.Context(), "export broken off", "error", err)
	}
}

// writeCSV writes one line for each order in rows.
func writeCSV(w io.Writer, rows *sql.Rows) error {
	table := csv.NewWriter(w)
	for rows.Next() {
		var o store.Order
		if err := rows.Scan(&o.ID, &o.Customer, &o.Item, &o.Quantity, &o.Cents); err != nil {
			return err
		}
		line := []string{o.ID, o.Customer, o.Item, strconv.Itoa(o.Quantity), strconv.FormatInt(o.Cents, 10)}
		if err := table.Write(line); err != nil {
			return err
		}
	}
	table.Flush()
	return errors.Join(rows.Err(), table.Error())
}
