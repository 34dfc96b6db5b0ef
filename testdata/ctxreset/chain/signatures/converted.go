package signatures

import (
	"context"

	"github.com/spf13/cobra"

	"ctxlint.test/fixtures/ctxreset/store"
)

// order is the value of a flag: an interface of a package that this one does not
// import.
type order struct {
	named
	id string
}

func (o *order) Set(id string) error {
	o.id = id
	return nil
}

func (o *order) String() string { return o.id }

// named gives a method to what embeds it.
type named struct{ db *store.DB }

func (n *named) Type() string {
	o, _ := n.db.Load(context.TODO(), "type")
	return o.Customer
}

func (n *named) Kind() string {
	o, _ := n.db.Load(context.TODO(), "kind")
	return o.Customer
}

func flags(cmd *cobra.Command, o *order) { cmd.Flags().Var(o, "order", "the order") }

func describes(ctx context.Context, o *order) string {
	return o.Type() + o.Kind() // want `low chain: Kind`
}

// product has the same methods and is converted to nothing.
type product struct{ db *store.DB }

func (p *product) Type() string {
	o, _ := p.db.Load(context.TODO(), "type")
	return o.Customer
}

func describesProduct(ctx context.Context, p *product) string {
	return p.Type() // want `low chain: →`
}
