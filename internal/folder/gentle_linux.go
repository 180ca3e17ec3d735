package folder

import "syscall"

// giveWay makes this thread give way. Where it may not, it runs as the others.
func giveWay() {
	const (
		thisThread = 0
		nice       = 10
	)
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, thisThread, nice) // of a thread, on Linux
}
