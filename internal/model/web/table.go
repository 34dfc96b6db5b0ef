package web

// frameworks is the table: one row for each type and each major version of a
// library, and one row without a type for the functions of a package.
var frameworks = []Framework{
	{
		Path: "net/http", Type: "Request", Kind: Handler, With: "net/http.ResponseWriter", Fixture: "nethttp",
		Context: "x.Context()", Request: Itself,
		Ends: true,
		Data: "UserAgent Referer Cookie Cookies CookiesNamed FormValue PostFormValue PathValue BasicAuth",
	},
	{Path: "net/http", Type: "ResponseWriter", Kind: Answer, Fixture: "nethttp", Reuse: "invalid", Answers: "Header Write WriteHeader"},
	{Path: "net/http", Type: "Header", Kind: Answer, Fixture: "nethttp", Answers: "Add Clone Del Get Set Values Write WriteSubset"},
	{Path: "net/http", Kind: Answer, Fixture: "nethttp", Answers: "Error"},

	{
		Path: "github.com/gin-gonic/gin", Type: "Context", Kind: Handler, Fixture: "gin",
		Context: "x.Request.Context()", Request: "x.Request", URLPath: "x.Request.URL.Path", Route: "x.FullPath()",
		Ends: true, Reuse: "reused", Copy: "x.Copy()", Values: "Get MustGet GetString GetBool GetInt GetInt64 GetStringSlice GetStringMap GetTime FullPath HandlerName Value",
		Data:    "Param Query DefaultQuery GetQuery QueryArray QueryMap PostForm DefaultPostForm GetPostForm GetHeader Cookie ClientIP RemoteIP ContentType GetRawData",
		Binds:   "Bind BindJSON BindXML BindYAML BindQuery BindUri ShouldBind ShouldBindJSON ShouldBindXML ShouldBindYAML ShouldBindQuery ShouldBindUri",
		Answers: "JSON String Status AbortWithStatus Header",
	},
	{
		Path: "github.com/labstack/echo/v4", Type: "Context", Kind: Handler, Fixture: "echov4",
		Context: "x.Request().Context()", Request: "x.Request()", URLPath: "x.Request().URL.Path", Route: "x.Path()",
		Ends: true, Reuse: "reused",
		Data:  "Param QueryParam QueryParams QueryString FormValue RealIP Cookie Cookies ParamValues",
		Binds: "Bind", Answers: "JSON String NoContent",
	},
	{
		Path: "github.com/labstack/echo/v5", Type: "Context", Kind: Handler, Fixture: "echov5",
		Context: "x.Request().Context()", Request: "x.Request()", URLPath: "x.Request().URL.Path", Route: "x.Path()",
		Ends: true, Reuse: "reused",
		Data:  "Param QueryParam QueryParams QueryString FormValue RealIP Cookie Cookies",
		Binds: "Bind", Answers: "JSON String NoContent",
	},
	{
		Path: "github.com/gofiber/fiber/v2", Type: "Ctx", Kind: Handler, Fixture: "fiberv2",
		Context: "x.UserContext()", URLPath: "x.Path()", Route: "x.Route().Path",
		Root: true, Reuse: "reused",
		Data:  "Params AllParams Query Queries Get GetReqHeaders FormValue IP IPs Hostname Cookies Body BodyRaw Path OriginalURL BaseURL Subdomains",
		Binds: "BodyParser QueryParser ParamsParser", Answers: "JSON SendString SendStatus Status",
	},
	{
		Path: "github.com/gofiber/fiber/v3", Type: "Ctx", Kind: Handler, Fixture: "fiberv3",
		Context: "x.Context()", URLPath: "x.Path()", Route: "x.Route().Path",
		Root: true, Reuse: "reused",
		Data:    "Params Query Queries Get GetReqHeaders FormValue IP IPs Hostname Cookies Body BodyRaw Path OriginalURL BaseURL Subdomains",
		Answers: "JSON SendString SendStatus Status",
	},
	{
		Path: "github.com/cloudwego/hertz/pkg/app", Type: "RequestContext", Kind: Handler, Fixture: "hertz",
		Root: true, Reuse: "reused", Copy: "x.Copy()", Values: "Get MustGet GetString GetBool GetInt GetInt64 GetStringSlice GetStringMap GetTime FullPath HandlerName Value",
		Data:  "Param Query DefaultQuery GetQuery PostForm DefaultPostForm GetPostForm GetHeader Cookie ClientIP ContentType Path URI Host UserAgent Body QueryArgs PostArgs FormValue",
		Binds: "Bind BindJSON BindQuery BindPath BindForm", Answers: "JSON String Status AbortWithStatus Header",
	},
	{Path: "github.com/valyala/fasthttp", Type: "RequestCtx", Kind: Handler, Fixture: "fasthttp", Context: Itself, Root: true, Reuse: "reused"},
	{Path: "github.com/go-chi/chi/v5", Kind: Router, Fixture: "chi", Data: "URLParam URLParamFromCtx"},
	{Path: "github.com/gorilla/mux", Kind: Router, Fixture: "mux", Data: "Vars"},

	{Path: "google.golang.org/grpc", Type: "ServerStream", Kind: Stream, Fixture: "grpc", Context: "x.Context()", Ends: true},
	{Path: "google.golang.org/grpc", Type: "UnaryServerInfo", Kind: Interceptor, Fixture: "grpc", Ends: true},
	{Path: "google.golang.org/grpc", Type: "StreamServerInfo", Kind: Interceptor, Fixture: "grpc"},
	{Path: "connectrpc.com/connect", Type: "Request", Kind: RPC, Fixture: "connect", Ends: true},

	// The methods of services, whose interfaces are generated.
	{Path: "google.golang.org/grpc", Type: "ServiceRegistrar", Kind: Registry, Fixture: "grpc", Serves: "takes"},
	{Path: "connectrpc.com/connect", Type: "HandlerOption", Kind: Registry, Fixture: "connect", Serves: "takes"},
	{Path: "github.com/twitchtv/twirp", Type: "TwirpServer", Kind: Registry, Fixture: "twirp", Serves: "returns"},

	// Jobs. The context of a reconciliation is that of the manager.
	{Path: "github.com/hibiken/asynq", Type: "Task", Kind: Task, Fixture: "asynq", Ends: true},
	{Path: "github.com/ThreeDotsLabs/watermill/message", Type: "Message", Kind: Task, Fixture: "watermill", Context: "x.Context()", Ends: true},
	{Path: "sigs.k8s.io/controller-runtime/pkg/reconcile", Type: "Request", Kind: Task, Fixture: "reconcile"},
	{Path: "github.com/aws/aws-lambda-go/lambda", Kind: Registry, Fixture: "lambda", Runs: "Start StartWithOptions StartWithContext NewHandler NewHandlerWithOptions"},
	{Path: "go.temporal.io/sdk/worker", Type: "ActivityRegistry", Kind: Registry, Fixture: "temporal", Runs: "RegisterActivity RegisterActivityWithOptions"},

	{Path: cobra, Type: "Command", Kind: Command, Fixture: "cobra", Context: "x.Context()"},
	{Path: "github.com/urfave/cli", Type: "Context", Kind: Command, Fixture: "cliv1"},
	{Path: cliV2, Type: "Context", Kind: Command, Fixture: "cliv2", Context: "x.Context"},
	{Path: cliV3, Type: "Command", Kind: Command, Fixture: "cliv3"},
	{Path: "github.com/minio/cli", Type: "Context", Kind: Command, Fixture: "miniocli"},
}
