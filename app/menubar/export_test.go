package menubar

// Accelerator is a key as GTK writes it.
var Accelerator = accelerator
