// Feeds: to be written.
