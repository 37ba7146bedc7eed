// Fleet: to be written.
