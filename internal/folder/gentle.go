package folder

import "runtime"

// gently does something on a thread of its own that gives way to all others,
// where the system knows such threads: whoever works in the window is not to
// feel a long read.
func gently(do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread() // never let go of: the thread ends with what it does
		giveWay()
		do()
	}()
	<-done
}
