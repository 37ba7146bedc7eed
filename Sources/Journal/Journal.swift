// Journal: to be written.
