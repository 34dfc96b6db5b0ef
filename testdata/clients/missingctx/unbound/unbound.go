// Package unbound has queries on values that a method binds to a context.
package unbound

import (
	"context"

	"github.com/go-resty/resty/v2"
	"github.com/gocql/gocql"
	"github.com/hashicorp/consul/api"
	"gorm.io/gorm"
)

func requests(ctx context.Context, client *resty.Client) error {
	if _, err := client.R().SetContext(ctx).Get("https://example.com/"); err != nil {
		return err
	}
	req := client.R()
	req.SetContext(ctx)
	if _, err := req.Get("https://example.com/"); err != nil {
		return err
	}
	_, err := client.R().SetHeader("A", "b").Get("https://example.com/") // want `unbound: \(\*resty\.Request\)\.Get waits under no context, so it goes on after ctx has ended; bind it by SetContext\(ctx\)`
	return err
}

func cassandra(ctx context.Context, session *gocql.Session) error {
	if err := session.Query("SELECT 1").WithContext(ctx).Exec(); err != nil {
		return err
	}
	return session.Query("SELECT 1").Exec() // want `unbound: \(\*gocql\.Query\)\.Exec`
}

func consul(ctx context.Context, client *api.Client) error {
	if _, _, err := client.KV().Get("key", (&api.QueryOptions{}).WithContext(ctx)); err != nil {
		return err
	}
	if _, _, err := client.KV().Get("key", nil); err != nil { // want `unbound: \(\*api\.KV\)\.Get`
		return err
	}
	opts := &api.QueryOptions{Datacenter: "a"}
	_, _, err := client.KV().List("key", opts) // want `unbound: \(\*api\.KV\)\.List`
	return err
}

func given(ctx context.Context, client *api.Client, opts *api.QueryOptions) error {
	_, _, err := client.KV().Get("key", opts)
	return err
}

type user struct{ ID int }

// A store binds its database where it uses it, except once.
type store struct{ db *gorm.DB }

func newStore(db *gorm.DB) *store { return &store{db} }

func (s *store) get(ctx context.Context, id int) (u user, err error) {
	err = s.db.WithContext(ctx).First(&u, id).Error
	return u, err
}

func (s *store) all(ctx context.Context) (us []user, err error) {
	err = s.db.Where("active").Find(&us).Error // want `unbound: \(\*gorm\.DB\)\.Find waits under no context, so it goes on after ctx has ended; bind it by WithContext\(ctx\)`
	return us, err
}

// in is given a transaction, which somebody has bound.
func (s *store) in(ctx context.Context, tx *gorm.DB) error {
	return tx.Save(&user{}).Error
}

func (s *store) transaction(ctx context.Context) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return tx.Save(&user{}).Error
	})
}

func (s *store) scoped(ctx context.Context) (us []user, err error) {
	q := s.db.WithContext(ctx).Where("active")
	err = q.Find(&us).Error
	return us, err
}

// A repository may be given a database that is bound already.
type repository struct{ db *gorm.DB }

func (r *repository) get(ctx context.Context, id int) (u user, err error) {
	err = r.db.First(&u, id).Error // want `medium unbound: \(\*gorm\.DB\)\.First`
	return u, err
}

// A session is made for one context.
type session struct{ db *gorm.DB }

func newSession(ctx context.Context, db *gorm.DB) *session { return &session{db.WithContext(ctx)} }

func (s *session) get(ctx context.Context, id int) (u user, err error) {
	err = s.db.First(&u, id).Error
	return u, err
}
