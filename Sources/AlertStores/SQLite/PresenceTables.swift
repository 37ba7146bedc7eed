// PresenceTables: what running clawtops evaluate, and which of them leads, in SQLite.
import Events

/// Moments are those of the machine since it was started; of an earlier start nothing holds.
extension Database {
    func tell(_ observation: Observation, _ clock: StoreClock) throws(DatabaseError) {
        try run(
            "INSERT OR REPLACE INTO observations VALUES (?1, ?2, ?3, ?4)",
            .text(observation.observer), .text(clock.boot),
            .integer(clock.uptime().milliseconds), .text(try encode("an observation", observation)))
        try run(
            "DELETE FROM observations WHERE boot <> ?1 OR told < ?2", .text(clock.boot),
            .integer(clock.oldest))
    }

    func renew(_ observer: String, _ clock: StoreClock) throws(DatabaseError) -> Bool {
        let renewed = try rows(
            """
            UPDATE observations SET told = ?1 WHERE observer = ?2 AND boot = ?3 AND told >= ?4
            RETURNING 1
            """, .integer(clock.uptime().milliseconds), .text(observer), .text(clock.boot),
            .integer(clock.oldest)
        ) { $0.integer(0) }
        return !renewed.isEmpty
    }

    func withdraw(_ observer: String) throws(DatabaseError) {
        try run("DELETE FROM observations WHERE observer = ?1", .text(observer))
    }

    func observations(_ clock: StoreClock) throws(DatabaseError) -> [Observation] {
        try rows(
            """
            SELECT observation FROM observations WHERE boot = ?1 AND told >= ?2 ORDER BY observer
            """, .text(clock.boot), .integer(clock.oldest)
        ) { (row) throws(DatabaseError) in try decode("an observation", row.text(0)) }
    }

    func lead(
        as candidate: String, for duration: Duration, _ clock: StoreClock
    ) throws(DatabaseError) -> Bool {
        let now = clock.uptime()
        let others = try rows(
            "SELECT 1 FROM leader WHERE candidate <> ?1 AND boot = ?2 AND until > ?3",
            .text(candidate), .text(clock.boot), .integer(now.milliseconds)
        ) { $0.integer(0) }
        guard others.isEmpty else { return false }
        try run(
            "INSERT OR REPLACE INTO leader VALUES (1, ?1, ?2, ?3)", .text(candidate),
            .text(clock.boot), .integer((now + duration).milliseconds))
        return true
    }

    func resign(_ candidate: String) throws(DatabaseError) {
        try run("DELETE FROM leader WHERE candidate = ?1", .text(candidate))
    }
}

extension StoreClock {
    /// When an observation was told at the earliest that still counts.
    fileprivate var oldest: Int64 { (uptime() - Observation.pulse * 3).milliseconds }
}
