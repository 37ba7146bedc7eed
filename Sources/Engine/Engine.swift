// Engine: to be written.
