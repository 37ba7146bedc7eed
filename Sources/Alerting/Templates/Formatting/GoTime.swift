// GoTime: a moment in UTC as Go's time.Time shows it.
import Events

/// A moment: <https://pkg.go.dev/time#Time>.
struct GoTime: Hashable, Sendable, CustomStringConvertible {
    /// Since the Unix epoch.
    var seconds: Int64
    /// From 0 to 999,999,999.
    var nanoseconds: Int

    init(milliseconds: Int64) {
        let parts = milliseconds.flooredQuotient(by: 1000)
        seconds = parts.quotient
        nanoseconds = Int(parts.remainder) * 1_000_000
    }

    /// The moment `span` nanoseconds later.
    func adding(_ span: Int64) -> Self {
        let parts = span.flooredQuotient(by: GoDuration.second)
        let nanoseconds = nanoseconds + Int(parts.remainder)
        var later = self
        later.seconds = seconds &+ parts.quotient &+ Int64(nanoseconds / 1_000_000_000)
        later.nanoseconds = nanoseconds % 1_000_000_000
        return later
    }

    /// The nanoseconds from another moment to this one, as far as they can be counted.
    func since(_ other: Self) -> Int64 {
        let span = Int128(seconds) - Int128(other.seconds)
        return Int64(
            clamping: span * Int128(GoDuration.second) + Int128(nanoseconds - other.nanoseconds))
    }

    var unixNanoseconds: Int64 {
        seconds &* GoDuration.second &+ Int64(nanoseconds)
    }

    /// Its date and time of day.
    var civil: CivilTime { CivilTime(secondsSince1970: seconds) }

    var description: String { formatted("2006-01-02 15:04:05.999999999 -0700 MST") }

    static func monthName(_ month: Int) -> String {
        (1...12).contains(month) ? months[month - 1] : "%!Month(\(month))"
    }

    static func weekdayName(_ weekday: Int) -> String {
        (0...6).contains(weekday) ? weekdays[weekday] : "%!Weekday(\(weekday))"
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    private static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
}
