// GoTime: a moment in UTC as Go's time.Time shows it.

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

    private var days: Int64 { seconds.flooredQuotient(by: 86_400).quotient }
    private var secondsOfDay: Int { Int(seconds.flooredQuotient(by: 86_400).remainder) }

    var hour: Int { secondsOfDay / 3600 }
    var minute: Int { secondsOfDay / 60 % 60 }
    var second: Int { secondsOfDay % 60 }

    /// From 0 for Sunday; the epoch was a Thursday.
    var weekday: Int { Int((days + 4).flooredQuotient(by: 7).remainder) }

    /// The date in the Gregorian calendar.
    ///
    /// Counts in years that begin in March, so that the leap day comes last; after
    /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
    var date: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredQuotient(by: 146_097)
        let leaps = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leaps) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), Int(month), Int(day))
    }

    /// From 1 for the first of January.
    var dayOfYear: Int {
        let (year, month, day) = date
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return before[month - 1] + day + (isLeap && month > 2 ? 1 : 0)
    }

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

extension Int64 {
    /// The quotient rounded down, and what is left, which is never negative.
    fileprivate func flooredQuotient(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let parts = quotientAndRemainder(dividingBy: divisor)
        guard parts.remainder < 0 else { return (parts.quotient, parts.remainder) }
        return (parts.quotient - 1, parts.remainder + divisor)
    }
}
