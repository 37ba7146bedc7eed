// LedgerTable: ledgers and their entries in SQLite.
import Events

extension Database {
    /// How much was ever written: entries and mutes count one each.
    func position() throws(DatabaseError) -> UInt64 {
        try rows("SELECT value FROM position") { $0.number(0) }.first ?? 0
    }

    /// The next revision, for what is written in this transaction.
    func advance() throws(DatabaseError) -> UInt64 {
        try rows("UPDATE position SET value = value + 1 RETURNING value") { $0.number(0) }.first
            ?? 0
    }

    func ledger(_ fingerprint: String, limit: Int) throws(DatabaseError) -> AlertLedger? {
        try ledgers(limit: limit, "fingerprint = ?1", .text(fingerprint)).first
    }

    /// All with an entry at or after a moment, and all whose alert fires.
    func ledgers(since moment: Instant) throws(DatabaseError) -> [AlertLedger] {
        try ledgers("latest >= ?1 OR fires = 1", .integer(moment.milliseconds))
    }

    func ledgers(after position: UInt64) throws(DatabaseError) -> [AlertLedger] {
        try ledgers("revision > ?1", SQLValue(position))
    }

    private func ledgers(
        limit: Int = AlertLedger.shown, _ condition: String, _ value: SQLValue
    ) throws(DatabaseError) -> [AlertLedger] {
        let columns = "number, fingerprint, name, labels, revision"
        let found = try rows(
            "SELECT \(columns) FROM ledgers WHERE \(condition) ORDER BY revision", value
        ) { (row) throws(DatabaseError) in
            (
                row.integer(0),
                AlertLedger(
                    fingerprint: row.text(1), name: row.text(2),
                    labels: try decode("labels", row.text(3)), revision: row.number(4))
            )
        }
        var ledgers: [AlertLedger] = []
        for (number, head) in found {
            var ledger = head
            ledger.entries = try entries(of: number, limit: limit)
            ledgers.append(ledger)
        }
        return ledgers
    }

    /// As `AlertLedger.limited` has it.
    private func entries(of ledger: Int64, limit: Int) throws(DatabaseError) -> [LedgerEntry] {
        let newest = try entries("ledger = ?1", ledger, limit)
        guard newest.count >= limit else { return newest }
        let known = Set(newest.map(\.id))
        let last = [
            "kind = 'fired'", "kind = 'resolved'", "settles = 1 AND kind = 'acknowledged'",
            "settles = 1 AND kind <> 'acknowledged'", "kind = 'notified' GROUP BY text",
        ].map { "SELECT max(revision) FROM entries WHERE ledger = ?1 AND \($0)" }
        let held = try entries(
            "revision IN (\(last.joined(separator: " UNION ALL ")))", ledger, .max)
        return held.filter { !known.contains($0.id) } + newest
    }

    private func entries(
        _ condition: String, _ ledger: Int64, _ limit: Int
    ) throws(DatabaseError) -> [LedgerEntry] {
        let columns = "id, at, user, host, feeds, kind, text, value, until, flag"
        let newest = try rows(
            "SELECT \(columns) FROM entries WHERE \(condition) ORDER BY revision DESC LIMIT ?2",
            .integer(ledger), .integer(Int64(limit))
        ) { (row) throws(DatabaseError) in
            guard let deed = DeedRow(row, from: 5).deed else {
                throw DatabaseError(path, .unreadable("an entry"))
            }
            return LedgerEntry(
                id: row.text(0), at: Instant(milliseconds: row.integer(1)),
                by: Person(user: row.text(2), host: row.text(3)), deed,
                feeds: row.optionalText(4)?.split(separator: "\n").map(String.init))
        }
        return newest.reversed()
    }

    func append(_ write: LedgerWrite) throws(DatabaseError) -> LedgerOutcome {
        let known = try rows(
            "SELECT number, revision FROM ledgers WHERE fingerprint = ?1", .text(write.fingerprint)
        ) { ($0.integer(0), $0.number(1)) }.first
        let isWritten = try !rows("SELECT 1 FROM entries WHERE id = ?1", .text(write.entry.id)) {
            $0.integer(0)
        }.isEmpty
        let isRefused = (write.expected ?? known?.1 ?? 0) != known?.1 ?? 0
        if !isWritten, !isRefused { try insert(write, into: known?.0) }
        let ledger =
            try ledger(write.fingerprint, limit: AlertLedger.shown)
            ?? AlertLedger(fingerprint: write.fingerprint, name: write.name, labels: write.labels)
        return isWritten || !isRefused ? .confirmed(ledger) : .conflict(ledger)
    }

    private func insert(_ write: LedgerWrite, into known: Int64?) throws(DatabaseError) {
        let (entry, row) = (write.entry, DeedRow(write.entry.deed))
        let revision = try advance()
        let number = if let known { known } else { try begin(write) }
        try run(
            "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            SQLValue(revision), .integer(number), .text(entry.id), .integer(entry.at.milliseconds),
            .text(entry.by.user), .text(entry.by.host), .text(row.kind),
            .integer(entry.deed.settlesHold ? 1 : 0), SQLValue(row.text),
            row.value.map { .real($0) } ?? .null, row.until.map { .integer($0) } ?? .null,
            row.flag.map { .integer($0 ? 1 : 0) } ?? .null,
            SQLValue(entry.feeds?.joined(separator: "\n")))
        try run(
            """
            UPDATE ledgers SET revision = ?2, latest = max(latest, ?3), fires = coalesce(?4, fires)
            WHERE number = ?1
            """,
            .integer(number), SQLValue(revision), .integer(entry.at.milliseconds),
            entry.deed.fires.map { .integer($0 ? 1 : 0) } ?? .null)
    }

    /// - Returns: the number of a new ledger.
    private func begin(_ write: LedgerWrite) throws(DatabaseError) -> Int64 {
        let number = try rows(
            """
            INSERT INTO ledgers (fingerprint, name, labels, revision, fires, latest)
            VALUES (?1, ?2, ?3, 0, 0, ?4) RETURNING number
            """,
            .text(write.fingerprint), .text(write.name), .text(try encode("labels", write.labels)),
            .integer(write.entry.at.milliseconds)
        ) { $0.integer(0) }
        return number.first ?? 0
    }
}

extension LedgerEntry.Deed {
    /// Whether the alert fires from here on; nil where it says nothing of that.
    fileprivate var fires: Bool? {
        switch self {
        case .fired: true
        case .resolved: false
        case .acknowledged, .unacknowledged, .noted, .broken, .notified: nil
        }
    }
}
