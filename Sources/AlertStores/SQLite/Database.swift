// Database: one SQLite file, opened to be relied on: what is committed is on the disk.
import CSQLite
import Events
import Glibc

/// Belongs to one thread; closed with its last user.
final class Database {
    /// How long another program may hold the file before that is an error.
    static let patience = Duration.seconds(5)

    let path: String
    private let handle: OpaquePointer
    /// The file that was opened, whatever lies under its name now.
    let identity: FileIdentity?
    private var statements: [String: OpaquePointer] = [:]

    /// Opens what `DatabaseFile` has prepared.
    init(path: String) throws(DatabaseError) {
        self.path = path
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard let opened else { throw DatabaseError(path, .system(ENOMEM)) }
        guard code == SQLITE_OK else {
            defer { sqlite3_close_v2(opened) }
            throw DatabaseError(path, .of(opened, code))
        }
        (handle, identity) = (opened, FileIdentity(path: path))
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Int32(truncatingIfNeeded: Self.patience.milliseconds))
        try configure()
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    private func configure() throws(DatabaseError) {
        guard try pragma("journal_mode = WAL") == "wal" else {
            let words = "it cannot have a write-ahead log here"
            throw DatabaseError(path, .sqlite(code: SQLITE_CANTOPEN, words: words, system: 0))
        }
    }

    /// Reads or sets one; some act while they are compiled, so that none is kept compiled.
    ///
    /// - Returns: what it is now; nil where SQLite does not say.
    @discardableResult
    func pragma(_ words: String) throws(DatabaseError) -> String? {
        let statement = try compiled("PRAGMA " + words)
        defer { sqlite3_finalize(statement) }
        let code = sqlite3_step(statement)
        if code == SQLITE_DONE { return nil }
        guard code == SQLITE_ROW else { throw DatabaseError(path, .of(handle, code)) }
        return Row(statement: statement).text(0)
    }

    func run(_ sql: String, _ values: SQLValue...) throws(DatabaseError) {
        _ = try step(sql, values) { (_) throws(DatabaseError) in }
    }

    func rows<Item>(
        _ sql: String, _ values: SQLValue...,
        read: (Row) throws(DatabaseError) -> Item
    ) throws(DatabaseError) -> [Item] {
        try step(sql, values, read)
    }

    private func step<Item>(
        _ sql: String, _ values: [SQLValue], _ read: (Row) throws(DatabaseError) -> Item
    ) throws(DatabaseError) -> [Item] {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() {
            try check(value.bind(to: statement, at: Int32(index + 1)))
        }
        var items: [Item] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return items }
            guard code == SQLITE_ROW else { throw DatabaseError(path, .of(handle, code)) }
            items.append(try read(Row(statement: statement)))
        }
    }

    private func prepared(_ sql: String) throws(DatabaseError) -> OpaquePointer {
        if let known = statements[sql] { return known }
        let statement = try compiled(sql)
        statements[sql] = statement
        return statement
    }

    private func compiled(_ sql: String) throws(DatabaseError) -> OpaquePointer {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v2(handle, sql, -1, &statement, nil))
        guard let statement else { throw DatabaseError(path, .system(EINVAL)) }
        return statement
    }

    private func check(_ code: Int32) throws(DatabaseError) {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(path, .of(handle, code))
    }

    /// Several reads of one state.
    func snapshot<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try enclosed("BEGIN", body)
    }

    /// All of it or nothing; once it returns, it is on the disk, and others are told.
    func transaction<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try pragma("synchronous = FULL")
        let result = try written(body)
        WriteWatch.touch(path)
        return result
    }

    private func written<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try enclosed("BEGIN IMMEDIATE") { () throws(DatabaseError) in
            try checkPlace()
            return try body()
        }
    }

    /// What is written to a file that was deleted is lost.
    func checkPlace() throws(DatabaseError) {
        guard FileIdentity(path: path) == identity else { throw DatabaseError(path, .moved) }
    }

    /// All of it or nothing, and after a power cut perhaps nothing: for what is soon old anyway.
    ///
    /// Nobody is told. The log is put on the disk as a whole with the next commit that is to last.
    func fleeting<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try pragma("synchronous = NORMAL")
        return try written(body)
    }

    private func enclosed<Result>(
        _ begin: String, _ body: () throws(DatabaseError) -> Result
    ) throws(DatabaseError) -> Result {
        try run(begin)
        do throws(DatabaseError) {
            let result = try body()
            try commit()
            return result
        } catch {
            // Some errors have rolled back already.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    private func commit() throws(DatabaseError) {
        do throws(DatabaseError) {
            try run("COMMIT")
        } catch {
            // Written, but perhaps not on the disk.
            var error = error
            error.isUncertain = error.code == SQLITE_IOERR
            throw error
        }
    }
}

extension DatabaseError.Cause {
    fileprivate static func of(_ handle: OpaquePointer, _ code: Int32) -> Self {
        .sqlite(
            code: code, words: String(cString: sqlite3_errmsg(handle)),
            system: sqlite3_system_errno(handle))
    }
}
