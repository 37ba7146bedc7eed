// Panes: to be written.
