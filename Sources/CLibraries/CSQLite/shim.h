// CSQLite: SQLite's own header; plain functions and integers, so that Swift sees it as it is.
#pragma once
#include <sqlite3.h>
#include <sys/vfs.h>

/// Tells SQLite to copy bound bytes; SQLITE_TRANSIENT is a cast, which Swift cannot import.
static inline int claw_sqlite_bind_text(
    sqlite3_stmt *statement, int index, const char *text, int length
) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

/// The magic number of the file system that a file lies on (statfs(2)); 0 where nobody knows.
///
/// Swift sees no statfs: the structure and the function have one name.
static inline unsigned int claw_file_system(const char *path) {
    struct statfs known;
    return statfs(path, &known) == 0 ? (unsigned int)known.f_type : 0;
}
