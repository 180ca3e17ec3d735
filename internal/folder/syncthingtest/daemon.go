// Package syncthingtest runs Syncthing for tests and benchmarks: several
// daemons that share one folder over loopback, announce nothing, ask nobody
// and are ended by their process when the test is.
package syncthingtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"text/template"
	"time"
)

// A Daemon is one Syncthing, and the folder that it shares with the others.
type Daemon struct {
	Folder string

	tb      testing.TB
	home    string
	id      string
	port    int // where the others reach it
	api     int // where it takes commands
	process *exec.Cmd
	ended   chan struct{}
}

// key is what commands to a daemon are sent with.
const key = "for-tests-on-loopback"

// Start starts so many daemons, which share one folder and are connected when
// it returns. They are stopped at the end of the test.
func Start(tb testing.TB, daemons int) []*Daemon {
	tb.Helper()
	if _, err := exec.LookPath("syncthing"); err != nil {
		tb.Fatal("syncthing is missing: run build/install test")
	}
	all := make([]*Daemon, daemons)
	for i := range all {
		all[i] = prepare(tb, i)
	}
	for _, d := range all {
		d.configure(all)
		d.Start()
	}
	for _, d := range all {
		d.await("be connected", func() bool {
			return strings.Count(d.get("/rest/system/connections"), `"connected": true`) >= daemons-1
		})
	}
	return all
}

func prepare(tb testing.TB, i int) *Daemon {
	tb.Helper()
	top := tb.TempDir()
	d := &Daemon{tb: tb, home: filepath.Join(top, "home"), Folder: filepath.Join(top, "folder"), port: freePort(tb), api: freePort(tb)}
	for _, dir := range []string{d.Folder, filepath.Join(d.Folder, ".stfolder")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	out, err := exec.Command("syncthing", "generate", "--home="+d.home, "--no-default-folder", "--skip-port-probing").CombinedOutput()
	if err != nil {
		tb.Fatalf("syncthing generate: %v: %s", err, out)
	}
	id := regexp.MustCompile(`Device ID: ([A-Z0-9-]+)`).FindSubmatch(out)
	if id == nil {
		tb.Fatalf("daemon %d has no id: %s", i, out)
	}
	d.id = string(id[1])
	return d
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// configuration is what a daemon is told: what is not here has its default.
// It watches its folder, and waits a second before it says what changed.
var configuration = template.Must(template.New("").Parse(`<configuration version="36">
<folder id="bearings" label="bearings" path="{{.Self.Folder}}" type="sendreceive" rescanIntervalS="10" fsWatcherEnabled="true" fsWatcherDelayS="1">
{{range .All}}<device id="{{.ID}}"></device>{{end}}
<minDiskFree unit="%">0</minDiskFree>
</folder>
{{range .All}}<device id="{{.ID}}" name="{{.ID}}"><address>tcp://127.0.0.1:{{.Port}}</address></device>{{end}}
<gui enabled="true" tls="false"><address>127.0.0.1:{{.Self.API}}</address><apikey>{{.Key}}</apikey></gui>
<options>
<listenAddress>tcp://127.0.0.1:{{.Self.Port}}</listenAddress>
<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled>
<stunKeepaliveStartS>0</stunKeepaliveStartS><stunServer></stunServer>
<reconnectionIntervalS>1</reconnectionIntervalS><startBrowser>false</startBrowser>
<urAccepted>-1</urAccepted><autoUpgradeIntervalH>0</autoUpgradeIntervalH><crashReportingEnabled>false</crashReportingEnabled>
<minHomeDiskFree unit="%">0</minHomeDiskFree>
</options>
</configuration>
`))

type seen struct {
	ID, Folder string
	Port, API  int
}

func (d *Daemon) configure(all []*Daemon) {
	d.tb.Helper()
	f, err := os.Create(filepath.Join(d.home, "config.xml"))
	if err != nil {
		d.tb.Fatal(err)
	}
	about := func(d *Daemon) seen { return seen{ID: d.id, Folder: d.Folder, Port: d.port, API: d.api} }
	var others []seen
	for _, other := range all {
		others = append(others, about(other))
	}
	err = configuration.Execute(f, map[string]any{"Self": about(d), "All": others, "Key": key})
	if err := errors.Join(err, f.Close()); err != nil {
		d.tb.Fatal(err)
	}
}

// Start starts a daemon that was stopped, and waits until it takes commands.
func (d *Daemon) Start() {
	d.tb.Helper()
	log, err := os.OpenFile(filepath.Join(d.home, "log.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		d.tb.Fatal(err)
	}
	defer log.Close()
	// Without a monitor the process that is started is the daemon itself.
	d.process = exec.Command("syncthing", "serve", "--home="+d.home, "--no-browser", "--no-restart", "--no-upgrade")
	d.process.Env = append(os.Environ(), "STMONITORED=yes", "STNOUPGRADE=1")
	d.process.Stdout, d.process.Stderr = log, log
	if err := d.process.Start(); err != nil {
		d.tb.Fatal(err)
	}
	process, ended := d.process, make(chan struct{})
	d.ended = ended
	go func() {
		_ = process.Wait()
		close(ended)
	}()
	d.tb.Cleanup(d.Stop)
	d.await("start", func() bool { return strings.Contains(d.get("/rest/system/ping"), "pong") })
}

// Stop ends a daemon without warning, as a machine that goes away.
func (d *Daemon) Stop() {
	if d.process == nil {
		return
	}
	_ = d.process.Process.Kill()
	<-d.ended
	d.process = nil
}

// WipeIndex stops a daemon and throws away what it knew of its folder, as one
// does that was set up anew; then it starts again.
func (d *Daemon) WipeIndex() {
	d.tb.Helper()
	d.Stop()
	indexes, err := filepath.Glob(filepath.Join(d.home, "index-*"))
	if err != nil || len(indexes) == 0 {
		d.tb.Fatalf("there is no index in %s: %v", d.home, err)
	}
	for _, index := range indexes {
		if err := os.RemoveAll(index); err != nil {
			d.tb.Fatal(err)
		}
	}
	d.Start()
}

// Pause makes a daemon talk to nobody, until it is told to Resume.
func (d *Daemon) Pause() { d.post("/rest/system/pause") }

// Resume lets a daemon talk again.
func (d *Daemon) Resume() { d.post("/rest/system/resume") }

// Scan makes a daemon look at its folder now.
func (d *Daemon) Scan() { d.post("/rest/db/scan?folder=bearings") }

// Status is what a daemon says of its folder, in JSON.
func (d *Daemon) Status() string { return d.get("/rest/db/status?folder=bearings") }

func (d *Daemon) get(path string) string {
	answer, err := d.ask(http.MethodGet, path)
	if err != nil {
		return ""
	}
	return answer
}

func (d *Daemon) post(path string) {
	d.tb.Helper()
	if _, err := d.ask(http.MethodPost, path); err != nil {
		d.tb.Fatal(err)
	}
}

func (d *Daemon) ask(method, path string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, fmt.Sprintf("http://127.0.0.1:%d%s", d.api, path), nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("X-API-Key", key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("syncthing: %s %s: %s: %s", method, path, answer.Status, body)
	}
	return string(body), err
}

// await waits until something holds.
func (d *Daemon) await(what string, holds func() bool) {
	d.tb.Helper()
	const patience = 2 * time.Minute
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for start := time.Now(); time.Since(start) < patience; <-tick.C {
		if holds() {
			return
		}
		select {
		case <-d.ended:
			d.tb.Fatalf("syncthing ended before it could %s:\n%s", what, d.log())
		default:
		}
	}
	d.tb.Fatalf("syncthing did not %s within %s:\n%s", what, patience, d.log())
}

func (d *Daemon) log() string {
	text, err := os.ReadFile(filepath.Join(d.home, "log.txt"))
	if err != nil {
		return err.Error()
	}
	return string(text[max(0, len(text)-4000):])
}
