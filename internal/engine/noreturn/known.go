package noreturn

// entry lists functions (recv "") or methods of a type that never return.
type entry struct {
	recv  string
	names []string
}

var (
	fatal       = []string{"Fatal", "Fatalf", "Fatalln"}
	fatalPanic  = []string{"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"}
	testFailure = []string{"Fatal", "Fatalf", "FailNow", "Skip", "Skipf", "SkipNow"}
	klogFatal   = []string{"Fatal", "Fatalf", "Fatalln", "FatalDepth", "FatalDepthf", "Exit", "Exitf", "Exitln", "ExitDepth", "ExitDepthf"}
)

// known holds, per package path, what cannot or need not be derived: the
// standard library (no driver can be relied on for facts about it) and logging
// libraries whose exit hides behind a hook or a field.
var known = map[string][]entry{
	"os":      {{"", []string{"Exit"}}},
	"runtime": {{"", []string{"Goexit"}}},
	"syscall": {{"", []string{"Exit", "ExitProcess"}}},
	"log":     {{"", fatalPanic}, {"Logger", fatalPanic}},
	"testing": {{"common", testFailure}, {"T", testFailure}, {"B", testFailure}, {"F", testFailure}, {"TB", testFailure}},

	"go.uber.org/zap": {
		{"Logger", []string{"Fatal", "Panic"}},
		{"SugaredLogger", []string{"Fatal", "Fatalf", "Fatalln", "Fatalw", "Panic", "Panicf", "Panicln", "Panicw"}},
	},
	"github.com/sirupsen/logrus": {
		{"", append([]string{"Exit"}, fatalPanic...)},
		{"Logger", append([]string{"Exit"}, fatalPanic...)},
		{"Entry", fatalPanic},
	},
	"github.com/golang/glog":       {{"", klogFatal}},
	"k8s.io/klog":                  {{"", klogFatal}},
	"k8s.io/klog/v2":               {{"", klogFatal}},
	"github.com/charmbracelet/log": {{"", fatal}, {"Logger", fatal}},
	"github.com/onsi/ginkgo/v2":    {{"", []string{"Fail", "Skip", "AbortSuite"}}},
	"github.com/onsi/ginkgo":       {{"", []string{"Fail", "Skip"}}},
	"google.golang.org/grpc/grpclog": {
		{"", fatal}, {"LoggerV2", fatal}, {"DepthLoggerV2", []string{"FatalDepth"}},
	},
	"github.com/stretchr/testify/require": {{"", []string{"FailNow", "FailNowf"}}},
}
