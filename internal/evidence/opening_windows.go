package evidence

// dontWait: opening a file waits for nobody there.
const dontWait = 0

func isLoop(error) bool { return false }
