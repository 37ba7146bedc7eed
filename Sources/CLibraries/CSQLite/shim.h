// CSQLite: SQLite's own header; plain functions and integers, so that Swift sees it as it is.
#pragma once
#include <sqlite3.h>

/// Tells SQLite to copy bound bytes; SQLITE_TRANSIENT is a cast, which Swift cannot import.
static inline int claw_sqlite_bind_text(
    sqlite3_stmt *statement, int index, const char *text, int length
) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
