// Retention: what is too old is forgotten, a little at a time.
import Events

enum Retention {
    static let age = Duration.seconds(90 * 86_400)
    /// How often something is forgotten.
    static let pause = Duration.seconds(3600)
    /// The most entries at once: nobody waits for it, and a clock that is wrong for an hour costs no more.
    static let portion = 2000
}

extension Database {
    /// Forgets entries before a moment, though none of an alert that fires; then empty ledgers.
    func forget(before moment: Instant, atMost portion: Int) throws(DatabaseError) {
        let (moment, portion) = (
            SQLValue.integer(moment.milliseconds), SQLValue.integer(Int64(portion))
        )
        try run(
            """
            DELETE FROM entries WHERE revision IN (
                SELECT entries.revision FROM entries JOIN ledgers ON number = ledger
                WHERE at < ?1 AND fires = 0 ORDER BY at LIMIT ?2)
            """, moment, portion)
        try run(
            """
            DELETE FROM ledgers WHERE number IN (
                SELECT number FROM ledgers WHERE latest < ?1 AND fires = 0 AND NOT EXISTS (
                    SELECT 1 FROM entries WHERE ledger = number) LIMIT ?2)
            """, moment, portion)
        try run(
            "DELETE FROM mutes WHERE id IN (SELECT id FROM mutes WHERE over < ?1 LIMIT ?2)",
            moment, portion)
    }
}
