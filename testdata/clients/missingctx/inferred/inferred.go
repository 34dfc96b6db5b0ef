// Package inferred calls functions of libraries that have a sibling which takes a
// context.
package inferred

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go/service/s3"
	"github.com/go-git/go-git/v5"
	"github.com/go-pg/pg/v10"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/hashicorp/vault/api"
	"github.com/jmoiron/sqlx"
	"github.com/slack-go/slack"
	"k8s.io/apimachinery/pkg/util/wait"
)

func polls(ctx context.Context, ready wait.ConditionFunc) error {
	if err := wait.Poll(time.Second, time.Minute, ready); err != nil { // want `call: wait\.Poll goes on after ctx has ended; use wait\.PollUntilContextTimeout with ctx`
		return err
	}
	return wait.PollImmediateInfinite(time.Second, ready) // want `call: use wait\.PollUntilContextCancel with ctx`
}

func database(ctx context.Context, db *sqlx.DB, names *[]string) error {
	if err := db.Select(names, "SELECT name FROM users"); err != nil { // want `call: \(\*sqlx\.DB\)\.Select goes on after ctx has ended; use SelectContext with ctx`
		return err
	}
	tx, err := db.Beginx() // want `call: use BeginTxx with ctx`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := sqlx.Get(tx, names, "SELECT name FROM users"); err != nil { // want `call: sqlx\.Get goes on after ctx has ended; use sqlx\.GetContext with ctx`
		return err
	}
	_, err = db.Exec("DELETE FROM users") // want `call: use ExecContext with ctx`
	return err
}

func postgres(ctx context.Context, db *pg.DB) error {
	if _, err := db.WithContext(ctx).Exec("DELETE FROM sessions"); err != nil {
		return err
	}
	_, err := db.Exec("DELETE FROM users") // want `low call: use ExecContext with ctx`
	return err
}

type user struct{ ID int }

func queries(ctx context.Context, db *pg.DB, users *[]user) error {
	if err := db.Model(users).Context(ctx).Select(); err != nil {
		return err
	}
	if err := db.ModelContext(ctx, users).Select(); err != nil {
		return err
	}
	return db.Model(users).Where("id > 0").Select() // want `medium unbound: \(\*orm\.Query\)\.Select waits under no context, .*; bind it by Context\(ctx\)`
}

func clients(ctx context.Context, objects *s3.S3, secrets *api.Client, chat *slack.Client, repo *git.Repository) error {
	if _, err := objects.GetObject(&s3.GetObjectInput{}); err != nil { // want `call: \(\*s3\.S3\)\.GetObject goes on after ctx has ended; use GetObjectWithContext with ctx`
		return err
	}
	if _, err := secrets.Logical().Read("secret/a"); err != nil { // want `call: use ReadWithContext with ctx`
		return err
	}
	if _, _, err := chat.PostMessage("general"); err != nil { // want `call: use PostMessageContext with ctx`
		return err
	}
	return repo.Fetch(&git.FetchOptions{}) // want `call: use FetchContext with ctx`
}

func retries(ctx context.Context, client *retryablehttp.Client) error {
	if _, err := client.Get("https://example.com/"); err != nil { // want `call: use go-retryablehttp\.NewRequestWithContext with ctx`
		return err
	}
	req, err := retryablehttp.NewRequest("GET", "https://example.com/", nil) // want `call: use NewRequestWithContext with ctx`
	if err != nil {
		return err
	}
	_, err = client.Do(req)
	return err
}

// made opens nothing yet.
func made(ctx context.Context) (*api.Client, error) { return api.NewClient(nil) }
