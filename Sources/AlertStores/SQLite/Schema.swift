// Schema: the tables of the alert store, and the steps from each version to the next.

enum Schema {
    /// What this clawtop writes; kept in the file's `user_version`.
    static var version: Int64 { Int64(steps.count) }

    /// `claw`, for programs that want to know whose file it is.
    private static let program: Int64 = 0x636C_6177

    /// Brings a file to this version; one of a newer clawtop is left alone.
    static func migrate(_ database: Database) throws(DatabaseError) {
        guard try known(database) < version else { return }
        try database.transaction { () throws(DatabaseError) in
            // Another clawtop may have been first.
            let before = try known(database)
            for step in steps.dropFirst(Int(clamping: before)) {
                for statement in step { try database.run(statement) }
            }
            try database.pragma("user_version = \(max(before, version))")
            try database.pragma("application_id = \(program)")
        }
    }

    /// The version of a file; one of another program's is left alone too.
    private static func known(_ database: Database) throws(DatabaseError) -> Int64 {
        let owner = try database.pragma("application_id").flatMap(Int64.init)
        let tables = try database.rows("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }.first
        guard owner == program || tables == 0 else { throw DatabaseError(database.path, .foreign) }
        let found = try database.pragma("user_version").flatMap(Int64.init) ?? 0
        guard found <= version else { throw DatabaseError(database.path, .newer(version: found)) }
        return found
    }

    /// Only ever added to: what a step says was run on files that exist.
    private static let steps: [[String]] = [
        [
            // Counts what is written; an entry's, a ledger's and a mute's revision are taken from it.
            "CREATE TABLE position (value INTEGER NOT NULL) STRICT",
            "INSERT INTO position VALUES (0)",
            """
            CREATE TABLE ledgers (
                number INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                labels TEXT NOT NULL, revision INTEGER NOT NULL UNIQUE, fires INTEGER NOT NULL,
                latest INTEGER NOT NULL) STRICT
            """,
            "CREATE INDEX ledgers_by_age ON ledgers (latest)",
            "CREATE INDEX ledgers_that_fire ON ledgers (fires) WHERE fires = 1",
            // Moments are milliseconds since 1970.
            """
            CREATE TABLE entries (
                revision INTEGER PRIMARY KEY, ledger INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
                at INTEGER NOT NULL, user TEXT NOT NULL, host TEXT NOT NULL, kind TEXT NOT NULL,
                settles INTEGER NOT NULL, text TEXT, value REAL, until INTEGER, flag INTEGER) STRICT
            """,
            "CREATE INDEX entries_by_ledger ON entries (ledger, revision)",
            "CREATE INDEX entries_that_settle ON entries (ledger, revision) WHERE settles = 1",
            "CREATE INDEX entries_by_age ON entries (at)",
            """
            CREATE TABLE mutes (
                id TEXT PRIMARY KEY, revision INTEGER NOT NULL UNIQUE, over INTEGER NOT NULL,
                mute TEXT NOT NULL) STRICT
            """,
            // Of these two, moments are milliseconds since the machine was started.
            """
            CREATE TABLE observations (
                observer TEXT PRIMARY KEY, boot TEXT NOT NULL, told INTEGER NOT NULL,
                observation TEXT NOT NULL) STRICT
            """,
            """
            CREATE TABLE leader (
                only INTEGER PRIMARY KEY CHECK (only = 1), candidate TEXT NOT NULL,
                boot TEXT NOT NULL, until INTEGER NOT NULL) STRICT
            """,
        ],
        // What each receiver was told last is read with every history that is too long to be read.
        [
            """
            CREATE INDEX entries_that_tell ON entries (ledger, text, revision)
            WHERE kind = 'notified'
            """
        ],
        // The sources by which it was seen to fire, one a line.
        ["ALTER TABLE entries ADD COLUMN feeds TEXT"],
    ]
}
