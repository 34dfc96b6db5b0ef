package goplsplugin_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// The parts of the Language Server Protocol that the tests use.
type (
	lspPosition struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	lspRange struct {
		Start lspPosition `json:"start"`
		End   lspPosition `json:"end"`
	}
	lspLocation struct {
		URI   string   `json:"uri"`
		Range lspRange `json:"range"`
	}
	lspDiagnostic struct {
		Range           lspRange `json:"range"`
		Severity        int      `json:"severity"`
		Code            any      `json:"code"`
		CodeDescription struct {
			Href string `json:"href"`
		} `json:"codeDescription"`
		Source  string `json:"source"`
		Message string `json:"message"`
		Related []struct {
			Location lspLocation `json:"location"`
			Message  string      `json:"message"`
		} `json:"relatedInformation"`
		Data json.RawMessage `json:"data,omitempty"`
	}
	lspTextEdit struct {
		Range   lspRange `json:"range"`
		NewText string   `json:"newText"`
	}
	lspCodeAction struct {
		Title string `json:"title"`
		Kind  string `json:"kind"`
		Edit  struct {
			DocumentChanges []struct {
				TextDocument struct {
					URI string `json:"uri"`
				} `json:"textDocument"`
				Edits []lspTextEdit `json:"edits"`
			} `json:"documentChanges"`
		} `json:"edit"`
	}
	lspMessage struct {
		ID     *json.RawMessage `json:"id,omitempty"`
		Method string           `json:"method,omitempty"`
		Params json.RawMessage  `json:"params,omitempty"`
		Result json.RawMessage  `json:"result,omitempty"`
		Error  *struct {
			Message string `json:"message"`
		} `json:"error,omitempty"`
	}
)

// patience is how long a test waits for gopls to show something. On a busy
// machine, gopls may first have to analyse what a package imports.
const patience = 3 * time.Minute

// untilDeadline returns the time that is left for an answer of gopls: a request
// may make it analyse a whole module and its dependencies.
func untilDeadline(t testing.TB) time.Duration {
	if t, ok := t.(*testing.T); ok {
		if end, ok := t.Deadline(); ok {
			return time.Until(end) - 10*time.Second
		}
	}
	return time.Hour
}

// An editor is a client of a gopls process, like a real editor.
type editor struct {
	t        testing.TB
	dir      string
	in       io.Writer
	writing  sync.Mutex
	messages chan lspMessage // ends when the server does
	close    func()          // ends the session and the server

	mu          sync.Mutex
	settings    map[string]any
	diagnostics map[string][]lspDiagnostic // by URI
	versions    map[string]int
	calls       int
}

// startEditor starts gopls in dir, with flags before its command, and says hello.
func startEditor(t testing.TB, gopls, dir string, settings map[string]any, flags ...string) *editor {
	t.Helper()
	cmd := exec.Command(gopls, append(flags, "serve")...)
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	end, err := testenv.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{
		t: t, dir: dir, in: in, messages: make(chan lspMessage), settings: settings,
		diagnostics: make(map[string][]lspDiagnostic), versions: make(map[string]int),
	}
	go e.listen(bufio.NewReader(out))
	e.close = sync.OnceFunc(func() {
		defer end()
		e.call("shutdown", nil, nil)
		e.notify("exit", nil)
		in.Close()
		for range e.messages {
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("gopls: %v\n%s", err, stderr.String())
		}
	})
	t.Cleanup(e.close)
	e.call("initialize", map[string]any{
		"processId": nil,
		"rootUri":   e.uri("."),
		"capabilities": map[string]any{
			"workspace": map[string]any{"configuration": true, "workspaceEdit": map[string]any{"documentChanges": true}},
			"textDocument": map[string]any{
				"publishDiagnostics": map[string]any{"relatedInformation": true, "codeDescriptionSupport": true, "dataSupport": true},
				"codeAction": map[string]any{"codeActionLiteralSupport": map[string]any{
					"codeActionKind": map[string]any{"valueSet": []string{"quickfix"}},
				}},
			},
		},
		"initializationOptions": settings,
	}, nil)
	e.notify("initialized", map[string]any{})
	return e
}

func (e *editor) uri(name string) string {
	path := filepath.ToSlash(filepath.Join(e.dir, filepath.FromSlash(name)))
	if path[0] != '/' {
		path = "/" + path // a drive
	}
	return "file://" + path
}

// listen receives messages, and answers and records those that do not answer a
// call.
func (e *editor) listen(r *bufio.Reader) {
	defer close(e.messages)
	for {
		header, err := textproto.NewReader(r).ReadMIMEHeader()
		if err != nil {
			return
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			return
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(r, body); err != nil {
			return
		}
		var m lspMessage
		if err := json.Unmarshal(body, &m); err != nil {
			return
		}
		switch {
		case m.Method == "":
			e.messages <- m
		case m.ID != nil:
			e.answer(m)
		case m.Method == "textDocument/publishDiagnostics":
			var p struct {
				URI         string          `json:"uri"`
				Diagnostics []lspDiagnostic `json:"diagnostics"`
			}
			if json.Unmarshal(m.Params, &p) == nil {
				e.mu.Lock()
				e.diagnostics[p.URI] = p.Diagnostics
				e.mu.Unlock()
			}
		}
	}
}

// answer answers a request of the server.
func (e *editor) answer(m lspMessage) {
	var result any
	if m.Method == "workspace/configuration" {
		var p struct{ Items []any }
		json.Unmarshal(m.Params, &p)
		e.mu.Lock()
		var all []any
		for range p.Items {
			all = append(all, e.settings)
		}
		e.mu.Unlock()
		result = all
	}
	e.send(map[string]any{"id": m.ID, "result": result})
}

func (e *editor) send(m map[string]any) error {
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	if err := e.send(map[string]any{"method": method, "params": params}); err != nil {
		e.t.Errorf("%s: %v", method, err)
	}
}

// call sends a request and decodes what the server answers.
func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	e.calls++
	err := e.send(map[string]any{"id": e.calls, "method": method, "params": params})
	if err == nil {
		select {
		case m, ok := <-e.messages:
			switch {
			case !ok:
				err = errors.New("gopls has ended")
			case m.Error != nil:
				err = errors.New(m.Error.Message)
			case result != nil:
				err = json.Unmarshal(m.Result, result)
			}
		case <-time.After(untilDeadline(e.t)):
			err = errors.New("gopls does not answer")
		}
	}
	if err != nil {
		e.t.Fatalf("%s: %v", method, err)
	}
}

// open opens a file with text that need not be what is on the disk.
func (e *editor) open(name, text string) {
	e.versions[name] = 1
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{
		"uri": e.uri(name), "languageId": "go", "version": 1, "text": text,
	}})
}

// change replaces the text of an open file.
func (e *editor) change(name, text string) {
	e.versions[name]++
	e.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": e.uri(name), "version": e.versions[name]},
		"contentChanges": []any{map[string]any{"text": text}},
	})
}

// configure changes the settings of gopls.
func (e *editor) configure(settings map[string]any) {
	e.mu.Lock()
	e.settings = settings
	e.mu.Unlock()
	e.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{}})
}

// shown returns the currently shown diagnostics of a file that want accepts.
func (e *editor) shown(name string, want func(lspDiagnostic) bool) []lspDiagnostic {
	e.mu.Lock()
	defer e.mu.Unlock()
	var found []lspDiagnostic
	for _, d := range e.diagnostics[e.uri(name)] {
		if want(d) {
			found = append(found, d)
		}
	}
	return found
}

// await waits until n diagnostics of a file are shown and returns them.
func (e *editor) await(name string, n int, want func(lspDiagnostic) bool) []lspDiagnostic {
	e.t.Helper()
	for end := time.Now().Add(patience); ; {
		found := e.shown(name, want)
		if len(found) == n {
			return found
		}
		if time.Now().After(end) {
			e.t.Fatalf("%s has the diagnostics %+v, want %d", name, found, n)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
