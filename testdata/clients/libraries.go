// Package clients pins the clients that the fixtures of missingctx use. The tables
// of internal/model/ctxforms are checked against these versions.
package clients

import (
	_ "github.com/aws/aws-sdk-go/service/s3"
	_ "github.com/go-git/go-git/v5"
	_ "github.com/go-pg/pg/v10"
	_ "github.com/go-resty/resty/v2"
	_ "github.com/gocql/gocql"
	_ "github.com/gogs/git-module"
	_ "github.com/hashicorp/consul/api"
	_ "github.com/hashicorp/go-retryablehttp"
	_ "github.com/hashicorp/vault/api"
	_ "github.com/jmoiron/sqlx"
	_ "github.com/slack-go/slack"
	_ "gorm.io/gorm"
	_ "k8s.io/apimachinery/pkg/util/wait"
)
