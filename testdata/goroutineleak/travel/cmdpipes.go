package travel

import (
	"bytes"
	"io"
	"os/exec"
)

// The pipe of a command is used before the command runs.

func draws(graph string) ([]byte, error) {
	cmd := exec.Command("dot", "-Tpng")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(in, bytes.NewReader([]byte(graph))); err != nil { // want "medium blocked-send: this write blocks forever when the pipe is full, because the command that reads from it starts only afterwards"
		return nil, err
	}
	if err := in.Close(); err != nil {
		return nil, err
	}
	return cmd.Output()
}

func sorts(lines []byte) error {
	cmd := exec.Command("sort")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	in.Write(lines) // want "medium blocked-send: this write blocks forever when the pipe is full"
	in.Close()
	return cmd.Run()
}

func readsFirst(name string) ([]byte, error) {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(out) // want "blocked-recv: ReadAll waits forever for the end of the pipe, because the command that writes to it starts only afterwards"
	if err != nil {
		return nil, err
	}
	return text, cmd.Run()
}

// Silent.

func startsFirst(lines []byte) error {
	cmd := exec.Command("sort")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	in.Write(lines)
	in.Close()
	return cmd.Wait()
}

func writesInGoroutine(lines []byte) ([]byte, error) {
	cmd := exec.Command("sort")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	go func() {
		in.Write(lines)
		in.Close()
	}()
	return cmd.Output()
}

func answers() error {
	cmd := exec.Command("cat")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	io.WriteString(in, "yes\n")
	in.Close()
	return cmd.Run()
}

func startedElsewhere(lines []byte, start func(*exec.Cmd)) error {
	cmd := exec.Command("sort")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	start(cmd)
	in.Write(lines)
	in.Close()
	return cmd.Wait()
}
