// SQLiteStore: an alert store in one file, shared by the clawtops of one machine.
package import Events

/// Waits for the disk on a thread of its own. After damage, and once its file was moved, every call
/// throws the reason: who wants to go on opens it again.
package actor SQLiteStore: AlertStore {
    private enum Connection {
        case open(Database, WriteWatch)
        case lost(DatabaseError)
    }

    package nonisolated let address: String
    private nonisolated let executor: QueueExecutor
    private let file: DatabaseFile
    private let clock: StoreClock
    private var connection: Connection
    private var forgot: Duration?

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Opens the file at `path`, which is made where it is not there.
    ///
    /// - Throws: ``StoreError``; also, once, where the file is damaged and was set aside.
    package static func open(
        _ path: String, clock: StoreClock = .system
    ) async throws(StoreError) -> SQLiteStore {
        let store = SQLiteStore(path, clock)
        try await store.connect()
        return store
    }

    private init(_ path: String, _ clock: StoreClock) {
        (address, file, self.clock) = (path, DatabaseFile(path: path), clock)
        executor = QueueExecutor(label: "alert store")
        connection = .lost(DatabaseError(path, .moved))
    }

    private func connect() throws(StoreError) {
        do throws(DatabaseError) {
            connection = .open(try file.open(at: clock.now()), WriteWatch(path: file.path))
        } catch {
            throw error.storeError
        }
    }

    private func use<Result>(
        _ body: (Database, WriteWatch) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        do throws(DatabaseError) {
            switch connection {
            case .lost(let error): throw error
            case .open(let database, let watch): return try body(database, watch)
            }
        } catch {
            throw lose(error).storeError
        }
    }

    /// What to tell of an error; the connection is given up where it is of no more use.
    private func lose(_ error: DatabaseError) -> DatabaseError {
        guard case .open(let database, _) = connection else { return error }
        guard error.isCorruption || error.cause == .moved else { return error }
        let identity = database.identity
        connection = .lost(error)
        guard error.isCorruption else { return error }
        let reason = file.setAside(identity, at: clock.now())
        connection = .lost(reason)
        return reason
    }

    package func read(since moment: Instant) async throws(StoreError) -> StoreContents {
        try use { (database, _) throws(DatabaseError) in
            try database.snapshot { () throws(DatabaseError) in
                StoreContents(
                    ledgers: try database.ledgers(since: moment),
                    mutes: try database.mutes(since: moment),
                    position: StorePosition(index: try database.position()))
            }
        }
    }

    package func changes(
        after position: StorePosition
    ) async throws(StoreError) -> StoreContents {
        while !Task.isCancelled {
            let (news, watch, count) = try use { (database, watch) throws(DatabaseError) in
                let count = watch.count
                return (try database.contents(after: position.index), watch, count)
            }
            if let news { return news }
            await watch.written(after: count)
        }
        return StoreContents(ledgers: [], mutes: [], position: position)
    }

    package func ledger(
        _ fingerprint: String, limit: Int
    ) async throws(StoreError) -> AlertLedger? {
        try use { (database, _) throws(DatabaseError) in
            try database.snapshot { () throws(DatabaseError) in
                try database.ledger(fingerprint, limit: limit)
            }
        }
    }

    package func append(_ writes: [LedgerWrite]) async throws(StoreError) -> [LedgerOutcome] {
        guard !writes.isEmpty else { return [] }
        let outcomes = try use { (database, _) throws(DatabaseError) in
            try database.transaction { () throws(DatabaseError) in
                var outcomes: [LedgerOutcome] = []
                for write in writes { outcomes.append(try database.append(write)) }
                return outcomes
            }
        }
        forgetNowAndThen()
        return outcomes
    }

    /// What was asked for is done already: what fails here is tried again later.
    private func forgetNowAndThen() {
        let now = clock.uptime()
        guard forgot.map({ now - $0 >= Retention.pause }) ?? true else { return }
        forgot = now
        try? use { (database, _) throws(DatabaseError) in
            try database.transaction { () throws(DatabaseError) in
                try database.forget(before: clock.now() - Retention.age, atMost: Retention.portion)
            }
        }
    }

    package func put(_ mute: Mute) async throws(StoreError) -> MuteOutcome {
        try use { (database, _) throws(DatabaseError) in
            try database.transaction { () throws(DatabaseError) in try database.put(mute) }
        }
    }

    package func tell(_ observation: Observation) async throws(StoreError) {
        try use { (database, _) throws(DatabaseError) in
            try database.fleeting { () throws(DatabaseError) in
                try database.tell(observation, clock)
            }
        }
    }

    package func renew(_ observer: String) async throws(StoreError) -> Bool {
        try use { (database, _) throws(DatabaseError) in
            try database.fleeting { () throws(DatabaseError) in
                try database.renew(observer, clock)
            }
        }
    }

    package func withdraw(_ observer: String) async throws(StoreError) {
        try use { (database, _) throws(DatabaseError) in
            try database.fleeting { () throws(DatabaseError) in try database.withdraw(observer) }
        }
    }

    package func observations() async throws(StoreError) -> [Observation] {
        try use { (database, _) throws(DatabaseError) in try database.observations(clock) }
    }

    package func lead(
        as candidate: String, for duration: Duration
    ) async throws(StoreError) -> Bool {
        try use { (database, _) throws(DatabaseError) in
            try database.fleeting { () throws(DatabaseError) in
                try database.lead(as: candidate, for: duration, clock)
            }
        }
    }

    package func resign(_ candidate: String) async throws(StoreError) {
        try use { (database, _) throws(DatabaseError) in
            try database.fleeting { () throws(DatabaseError) in try database.resign(candidate) }
        }
    }
}

extension Database {
    /// What was written after a position; nil where nothing was.
    fileprivate func contents(after position: UInt64) throws(DatabaseError) -> StoreContents? {
        try checkPlace()
        return try snapshot { () throws(DatabaseError) in
            let newest = try self.position()
            guard newest > position else { return nil }
            return StoreContents(
                ledgers: try ledgers(after: position), mutes: try mutes(after: position),
                position: StorePosition(index: newest))
        }
    }
}
