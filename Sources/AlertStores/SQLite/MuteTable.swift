// MuteTable: mutes in SQLite.
import Events

extension Database {
    func put(_ mute: Mute) throws(DatabaseError) -> MuteOutcome {
        let known = try mutes("id = ?1", .text(mute.id)).first
        guard mute.revision == known?.revision ?? 0 else {
            return MuteOutcome(known ?? mute, isConfirmed: known?.isSame(as: mute) ?? false)
        }
        var mute = mute
        mute.revision = try advance()
        try run(
            "INSERT OR REPLACE INTO mutes VALUES (?1, ?2, ?3, ?4)", .text(mute.id),
            SQLValue(mute.revision),
            .integer(min(mute.until, mute.ended?.at ?? mute.until).milliseconds),
            .text(try encode("a mute", mute)))
        return MuteOutcome(mute, isConfirmed: true)
    }

    /// Those that have not ended before a moment.
    func mutes(since moment: Instant) throws(DatabaseError) -> [Mute] {
        try mutes("over >= ?1", .integer(moment.milliseconds))
    }

    func mutes(after position: UInt64) throws(DatabaseError) -> [Mute] {
        try mutes("revision > ?1", SQLValue(position))
    }

    private func mutes(_ condition: String, _ value: SQLValue) throws(DatabaseError) -> [Mute] {
        try rows("SELECT mute FROM mutes WHERE \(condition) ORDER BY revision", value) {
            (row) throws(DatabaseError) in try decode("a mute", row.text(0))
        }
    }
}
