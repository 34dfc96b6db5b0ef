// Package othermodule calls helpers that make a context of their own in modules
// that the user cannot change.
package othermodule

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os"
	"os/exec"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo/v4"
	"github.com/spf13/cobra"
	"github.com/urfave/cli/v2"
	"google.golang.org/grpc"
)

func standardLibrary(ctx context.Context, db *sql.DB, url string) error {
	if err := db.Ping(); err != nil {
		return err
	}
	if _, err := db.Exec("DELETE FROM orders"); err != nil {
		return err
	}
	if _, err := net.LookupHost(url); err != nil {
		return err
	}
	if err := exec.Command("git", "fetch").Run(); err != nil {
		return err
	}
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Run is RunContext with a fresh root.
func runsApp(ctx context.Context, app *cli.App) error {
	return app.Run(os.Args)
}

func executes(ctx context.Context, cmd *cobra.Command) error {
	return cmd.Execute()
}

func dials(ctx context.Context, target string) (*grpc.ClientConn, error) {
	return grpc.Dial(target)
}

func serves(ctx context.Context, e *echo.Echo, g *gin.Engine) error {
	if err := e.Start(":8080"); err != nil {
		return err
	}
	return g.Run(":8081")
}

// start is a helper of this module, but what it calls is not.
func start(app *cli.App) error { return app.Run(os.Args) }

func starts(ctx context.Context, app *cli.App) error {
	return start(app)
}
