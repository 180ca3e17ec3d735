package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bearings/internal/folder"
	"bearings/internal/folder/historytest"
	"bearings/internal/folder/syncthingtest"
	"bearings/internal/record"
	"bearings/internal/workspace"
)

// What is measured here are the targets of sharing. BEARINGS_SOAK says how
// many records the large folders have; the run that is part of every
// measurement makes do with fewer.

func joined() int {
	if n, err := strconv.Atoi(os.Getenv("BEARINGS_SOAK")); err == nil {
		return n
	}
	return long
}

// Some things are measured of a process of their own: this program, started
// again.
const taskEnv = "BEARINGS_BENCH_TASK"

func TestMain(m *testing.M) {
	task := strings.Split(os.Getenv(taskEnv), "\x1f")
	switch task[0] {
	case "join":
		if err := joinAndTell(task[1], task[2]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	case "idle":
		if err := idleAndTell(task[1]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	default:
		os.Exit(m.Run())
	}
}

func ask(b *testing.B, task ...string) []float64 {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), taskEnv+"="+strings.Join(task, "\x1f"))
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var numbers []float64
	for word := range strings.FieldsSeq(string(out)) {
		n, err := strconv.ParseFloat(word, 64)
		if err != nil {
			b.Fatal(err)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// A desk is a workspace that is shared.
type desk struct {
	ws    *workspace.Workspace
	share *folder.Share
}

func open(tb testing.TB, dir string, o folder.Options) desk {
	tb.Helper()
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	share, err := folder.Open(ws, o)
	if err != nil {
		tb.Fatal(err)
	}
	return desk{ws, share}
}

func (d desk) close() { _ = d.share.Close(); _ = d.ws.Close() }

// desks are two workspaces that share a folder each, or one folder. wait is
// called until the second can join.
func desks(tb testing.TB, one, two string, o folder.Options, wait func()) (a, b desk, incident string) {
	tb.Helper()
	a, b = open(tb, filepath.Join(tb.TempDir(), "a"), o), open(tb, filepath.Join(tb.TempDir(), "b"), o)
	ok := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	ctx := context.Background()
	ok(a.share.Found(ctx, folder.FoundOptions{Folder: one, Name: "Measured", Person: "Ana", Profile: folder.Live}))
	kept, err := a.ws.Record("", &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Measured")}})
	ok(err)
	_, err = a.share.Once(ctx, nil)
	ok(err)
	wait()
	ok(b.share.Join(ctx, folder.JoinOptions{Folder: two, Person: "Ben", Profile: folder.Live}))
	for range 600 {
		_, err = b.share.Once(ctx, nil)
		ok(err)
		if _, err := b.ws.Incident(kept[0].Incident); err == nil {
			return a, b, kept[0].Incident
		}
		time.Sleep(100 * time.Millisecond)
	}
	tb.Fatal("the incident did not arrive")
	return a, b, ""
}

// travel runs both, and measures how long a record takes from its commit on
// one to where the other shows it. Before each it waits a chance time, which
// falls into another part of what it waits at most each time: a median of few
// is then that of many.
func travel(b *testing.B, from, to desk, incident string, times int, atMost time.Duration) []time.Duration {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	done := make(chan struct{}, 2)
	for _, d := range []desk{from, to} {
		go func() {
			_ = d.share.Run(ctx)
			done <- struct{}{}
		}()
	}
	defer func() { <-done; <-done }()
	defer cancel()
	changes := to.ws.Watch(ctx)
	var took []time.Duration
	for i, part := range rand.Perm(times) {
		time.Sleep(time.Duration((float64(part) + rand.Float64()) / float64(times) * float64(atMost)))
		kept, err := from.ws.Record(incident, &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", fmt.Sprint("Note ", i))}})
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		for !shows(b, to.ws, incident, kept[0].ID) {
			select {
			case <-changes:
			case <-time.After(time.Minute):
				b.Fatal("it never came")
			}
		}
		took = append(took, time.Since(start))
	}
	return took
}

func shows(b *testing.B, ws *workspace.Workspace, incident, id string) bool {
	b.Helper()
	inc, err := ws.Incident(incident)
	if err != nil {
		b.Fatal(err)
	}
	return inc.Has(id)
}

func percentile(d []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(d))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// against reports a measure against a limit that is a number.
func against(b *testing.B, unit string, ours, limit float64) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ours, unit)
	b.ReportMetric(limit, "limit-"+unit)
	b.ReportMetric(ours/limit, "ratio")
	b.ReportMetric(1, "target")
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// BenchmarkFromCommitToAnothersView is how long it takes until what one has
// committed shows in another's window, through a folder on this machine: its
// median and its 99th percentile against the targets, and its median against
// git, which commits, pushes and pulls as much.
func BenchmarkFromCommitToAnothersView(b *testing.B) {
	dir := b.TempDir()
	from, to, incident := desks(b, dir, dir, folder.Options{}, func() {})
	defer from.close()
	defer to.close()
	took := travel(b, from, to, incident, 150, 0)
	b.Run("p50", func(b *testing.B) { against(b, "ms", ms(percentile(took, 50)), 90) })
	b.Run("p99", func(b *testing.B) { against(b, "ms", ms(percentile(took, 99)), 250) })
	b.Run("peer=git", func(b *testing.B) { report(b, took, gitTrips(b, 15), 1.6) })
}

// gitTrips measures how long a line takes from one clone to another.
func gitTrips(b *testing.B, times int) []time.Duration {
	b.Helper()
	top := b.TempDir()
	run := func(args ...string) {
		b.Helper()
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	hub, one, two := filepath.Join(top, "hub.git"), filepath.Join(top, "one"), filepath.Join(top, "two")
	run("init", "--quiet", "--bare", "--initial-branch=main", hub)
	run("clone", "--quiet", hub, one)
	commit := func(i int) {
		b.Helper()
		f, err := os.OpenFile(filepath.Join(one, "log.jsonl"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			b.Fatal(err)
		}
		_, err = fmt.Fprintf(f, "%d %s\n", i, strings.Repeat("x", 600))
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
		run("-C", one, "add", "--all")
		run("-C", one, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "line")
		run("-C", one, "push", "--quiet", "origin", "HEAD:main")
	}
	commit(0)
	run("clone", "--quiet", hub, two)
	var took []time.Duration
	for i := range times {
		took = append(took, timed(func() {
			commit(i + 1)
			run("-C", two, "pull", "--quiet", "origin", "main")
		}))
	}
	return took
}

// BenchmarkFromCommitToAnothersViewByPolling is the same where nothing says
// that something came: on a network drive.
func BenchmarkFromCommitToAnothersViewByPolling(b *testing.B) {
	dir := b.TempDir()
	o := folder.Options{Wait: func(ctx context.Context, d time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}}
	from, to, incident := desks(b, dir, dir, o, func() {})
	defer from.close()
	defer to.close()
	took := travel(b, from, to, incident, 25, 2*time.Second)
	against(b, "ms", ms(percentile(took, 50)), 1100)
}

// BenchmarkThroughSyncthing is the same through two real daemons, against how
// long a bare file takes through them, and 150 ms.
func BenchmarkThroughSyncthing(b *testing.B) {
	daemons := syncthingtest.Start(b, 2)
	from, to, incident := desks(b, daemons[0].Folder, daemons[1].Folder, folder.Options{}, func() {
		arrives(b, filepath.Join(daemons[1].Folder, "bearings.json"))
	})
	defer from.close()
	defer to.close()
	var bare []time.Duration
	for i := range 15 {
		name := fmt.Sprint("bare-", i)
		bare = append(bare, timed(func() {
			if err := os.WriteFile(filepath.Join(daemons[0].Folder, name), make([]byte, 600), 0o600); err != nil {
				b.Fatal(err)
			}
			arrives(b, filepath.Join(daemons[1].Folder, name))
		}))
	}
	took := travel(b, from, to, incident, 15, 0)
	against(b, "ms", ms(median(took)), ms(median(bare)+150*time.Millisecond))
}

func arrives(b *testing.B, path string) {
	b.Helper()
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(path); err == nil {
			return
		}
	}
	b.Fatalf("%s did not arrive", path)
}

// BenchmarkColdJoin is a first join: all records of a folder that ten devices
// filled, read, verified, kept and durable, against inserting as many rows of
// the same bytes. The target is half of that throughput.
func BenchmarkColdJoin(b *testing.B) {
	n := joined()
	dir := historyFolder(b, n)
	var ours, limit, absolute []time.Duration
	for range 3 {
		d := open(b, filepath.Join(b.TempDir(), "ws"), folder.Options{})
		took := timed(func() {
			if err := d.share.Join(b.Context(), folder.JoinOptions{Folder: dir, Person: "Ben", Profile: folder.Live}); err != nil {
				b.Fatal(err)
			}
			if _, err := d.share.Once(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		})
		ours, absolute = append(ours, took), append(absolute, time.Duration(n)*time.Second/60_000)
		lines, err := d.ws.Lines(0, 1<<30)
		if err != nil || len(lines) < n/3 {
			b.Fatal(len(lines), err)
		}
		limit = append(limit, insertLines(b, lines))
		d.close()
	}
	b.Run("peer=insert", func(b *testing.B) { report(b, ours, limit, 2) })
	b.Run("limit=60k-a-second", func(b *testing.B) { report(b, ours, absolute, 1) })
}

// insertLines inserts lines as rows with what the workspace finds them by, and
// says how long it took.
func insertLines(b *testing.B, lines []workspace.Line) time.Duration {
	db := rawDatabase(b, `CREATE TABLE rows (seq INTEGER PRIMARY KEY, run BLOB, n INTEGER, device TEXT, line BLOB); CREATE UNIQUE INDEX by_run ON rows (run, n)`)
	return timed(func() {
		for chunk := range slices.Chunk(lines, 2500) {
			tx, err := db.Begin()
			if err != nil {
				b.Fatal(err)
			}
			insert, err := tx.Prepare("INSERT INTO rows (run, n, device, line) VALUES (?, ?, ?, ?)")
			if err != nil {
				b.Fatal(err)
			}
			for _, l := range chunk {
				if _, err := insert.Exec(l.Run[:], int64(l.Number), l.Device, l.Bytes); err != nil {
					b.Fatal(err)
				}
			}
			if err := tx.Commit(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// historyFolder makes a folder that ten devices filled in three years.
func historyFolder(b *testing.B, records int) string {
	b.Helper()
	return historyFolderOf(b, records, folder.Live)
}

func historyFolderOf(b *testing.B, records int, p folder.Profile) string {
	b.Helper()
	dir := b.TempDir()
	if err := historytest.Fill(dir, records, time.Now(), p); err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkMemoryOfAJoin is the peak of a process that joins, against the
// target, and against one that joins a tenth: it is to be flat.
func BenchmarkMemoryOfAJoin(b *testing.B) {
	n := joined()
	peak := func(records int) float64 {
		return ask(b, "join", historyFolder(b, records), filepath.Join(b.TempDir(), "ws"))[0]
	}
	whole, tenth := peak(n), peak(n/10)
	b.Run("limit=150MB", func(b *testing.B) { against(b, "MB", whole, 150) })
	b.Run("peer=a-tenth", func(b *testing.B) { against(b, "MB", whole, 1.5*tenth) })
}

// joinAndTell joins a folder, and prints the most memory that it took, in MB.
func joinAndTell(dir, to string) error {
	ws, err := workspace.Open(to, workspace.Options{})
	if err != nil {
		return err
	}
	defer ws.Close()
	share, err := folder.Open(ws, folder.Options{})
	if err != nil {
		return err
	}
	if err := share.Join(context.Background(), folder.JoinOptions{Folder: dir, Person: "Ben", Profile: folder.Live}); err != nil {
		return err
	}
	if _, err := share.Once(context.Background(), nil); err != nil {
		return err
	}
	peak, err := peakMemory()
	fmt.Println(peak)
	return err
}

// peakMemory is the most memory that this process took, in MB. On Linux what
// getrusage says is at least what the program took that started this one.
func peakMemory() (float64, error) {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		_, after, _ := strings.Cut(string(status), "VmHWM:")
		kib, _, _ := strings.Cut(strings.TrimSpace(after), " ")
		n, err := strconv.ParseFloat(kib, 64)
		return n / 1024, err
	}
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0, err
	}
	return float64(used.Maxrss) / 1024 / 1024, nil // macOS counts in bytes
}

// BenchmarkFilesOfAFolder is how many files a folder has for its records,
// against 2,000 for a million: in a short measurement, against a share of that
// and what ten machines have that is not worth packing, whatever the number.
func BenchmarkFilesOfAFolder(b *testing.B) {
	for p, n := range map[folder.Profile]int{folder.Live: joined(), folder.Cloud: joined() / 10} { // each line a file of its own takes long to write
		b.Run("profile="+string(p), func(b *testing.B) {
			dir := historyFolderOf(b, n, p)
			const few = 10 * 3 * 15
			against(b, "files", float64(filesIn(b, dir)), max(2000*float64(n)/1e6, few))
		})
	}
}

func filesIn(b *testing.B, dir string) int {
	b.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files++
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return files
}

// idleFor is how long a process that shares, and has nothing to do, is looked
// at.
const idleFor = 20 * time.Second

// BenchmarkIdle is how much of a core a process takes that shares a folder in
// which nothing happens, against half a percent; and it writes nothing there.
func BenchmarkIdle(b *testing.B) {
	dir := b.TempDir()
	top := filepath.Join(b.TempDir(), "ws")
	d := open(b, top, folder.Options{})
	if err := d.share.Found(b.Context(), folder.FoundOptions{Folder: dir, Name: "Idle", Person: "Ana", Profile: folder.Live}); err != nil {
		b.Fatal(err)
	}
	if _, err := d.share.Once(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	d.close()
	before := states(b, dir)
	percent := ask(b, "idle", top)[0]
	if after := states(b, dir); !slices.Equal(before, after) {
		b.Errorf("it wrote to the folder:\n%v\n%v", before, after)
	}
	against(b, "percent", percent, 0.5)
}

func states(b *testing.B, dir string) []string {
	b.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		all = append(all, fmt.Sprint(path, info.Size(), info.ModTime()))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return all
}

// idleAndTell shares for a while, and prints how much of a core that took, in
// percent.
func idleAndTell(dir string) error {
	ws, err := workspace.Open(dir, workspace.Options{})
	if err != nil {
		return err
	}
	defer ws.Close()
	share, err := folder.Open(ws, folder.Options{})
	if err != nil {
		return err
	}
	const warmUp = 3 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), warmUp+idleFor)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- share.Run(ctx) }()
	time.Sleep(warmUp)
	before := cpu()
	<-ended
	fmt.Println(100 * (cpu() - before).Seconds() / idleFor.Seconds())
	return nil
}

// cpu is how much time of a core this process took.
func cpu() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkRecordBesideMuch is one durable record in a workspace that holds
// much, against one that holds a thousand records.
func BenchmarkRecordBesideMuch(b *testing.B) {
	dir := historyFolder(b, joined())
	var ws [2]*workspace.Workspace
	var incident [2]string
	for i := range ws {
		d := open(b, filepath.Join(b.TempDir(), "ws"), folder.Options{})
		defer d.close()
		if i == 0 {
			if err := d.share.Join(b.Context(), folder.JoinOptions{Folder: dir, Person: "Ben", Profile: folder.Live}); err != nil {
				b.Fatal(err)
			}
			if _, err := d.share.Once(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
		ws[i] = d.ws
		kept, err := ws[i].Record("", &record.Record{By: "Ana", Do: "incident.declare", Fields: []record.Field{record.TextField("title", "Now")}})
		if err != nil {
			b.Fatal(err)
		}
		incident[i] = kept[0].Incident
		for range 1000 {
			write(b, ws[i], incident[i])
		}
	}
	var took [2][]time.Duration
	for b.Loop() {
		for i := range ws {
			took[i] = append(took[i], timed(func() { write(b, ws[i], incident[i]) }))
		}
	}
	report(b, took[0], took[1], 1.2)
}

func write(b *testing.B, ws *workspace.Workspace, incident string) {
	b.Helper()
	if _, err := ws.Record(incident, &record.Record{By: "Ana", Do: "note.add", Fields: []record.Field{record.TextField("text", "Gateway 1a shows no errors")}}); err != nil {
		b.Fatal(err)
	}
}
