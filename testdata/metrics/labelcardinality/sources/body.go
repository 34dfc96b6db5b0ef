package sources

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

type verb string

const (
	start verb = "start"
	stop  verb = "stop"
)

type call struct {
	Method string
	Verb   verb
	Size   string `validate:"oneof=small large"`
	Params struct{ Name string }
}

func (c *call) Validate() error {
	if c.Method != "get" {
		return errors.New("unknown method")
	}
	return nil
}

func decoded(w http.ResponseWriter, r *http.Request) {
	var c call
	if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
		return
	}
	count(c.Method)      // want `low request: each c.Method`
	count(c.Params.Name) // want `low request: each c.Params.Name`
	count(string(c.Verb))
	count(c.Size)
}

func read(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return
	}
	c := &call{Verb: start}
	if err := json.Unmarshal(body, c); err != nil {
		return
	}
	countCall(c)
	countVerb(c)
}

func countCall(c *call) { count(c.Method) }

func countVerb(c *call) { count(string(c.Verb)) }

func readJSON(r *http.Request, v any) error { return json.NewDecoder(r.Body).Decode(v) }

func byHelper(w http.ResponseWriter, r *http.Request) {
	var c call
	if readJSON(r, &c) == nil {
		count(c.Method) // want `low request: each c.Method`
	}
}

func checkedCall(w http.ResponseWriter, r *http.Request) {
	var c call
	if readJSON(r, &c) != nil || c.Validate() != nil {
		return
	}
	count(c.Method)
}

func knownCall(w http.ResponseWriter, r *http.Request) {
	var c call
	if readJSON(r, &c) != nil {
		return
	}
	switch c.Method {
	case "get", "put":
		count(c.Method)
	}
}

// What a server answers is up to that server.
func answer(resp *http.Response) {
	var c call
	if json.NewDecoder(resp.Body).Decode(&c) == nil {
		count(c.Method)
	}
}

// A file of configuration is one for the process.
func configured(file io.Reader) {
	var c call
	if json.NewDecoder(file).Decode(&c) == nil {
		count(c.Method)
	}
}

func bound(g *gin.Context, e echo.Context, f *fiber.Ctx, h *app.RequestContext) {
	var a, b, c, d call
	if g.ShouldBindJSON(&a) == nil {
		count(a.Method) // want `low request: each a.Method`
	}
	if e.Bind(&b) == nil {
		count(b.Method) // want `low request: each b.Method`
	}
	if f.BodyParser(&c) == nil {
		count(c.Method) // want `low request: each c.Method`
	}
	if h.Bind(&d) == nil {
		count(d.Method) // want `low request: each d.Method`
	}
}
