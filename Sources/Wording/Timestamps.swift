// Timestamps: moments as people and programs read them, always in UTC.

/// A moment taken apart in the Gregorian calendar, UTC.
package struct CalendarMoment: Hashable, Sendable {
    package var year, month, day, hour, minute, second, millisecond: Int

    /// Takes milliseconds since the Unix epoch.
    ///
    /// Source: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
    package init(milliseconds: Int64) {
        let (days, rest) = Self.divide(milliseconds, by: 86_400_000)
        let (era, dayOfEra) = Self.divide(days + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shifted + 2) / 5 + 1)
        month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
        hour = Int(rest / 3_600_000)
        minute = Int(rest / 60_000 % 60)
        second = Int(rest / 1000 % 60)
        millisecond = Int(rest % 1000)
    }

    /// Rounds towards the past.
    private static func divide(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// `2026-11-24T03:14:07.250Z`.
    package var rfc3339: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(clock).\(padded(millisecond, 3))Z"
    }

    /// `03:14:07`.
    package var clock: String { "\(padded(hour)):\(padded(minute)):\(padded(second))" }

    private func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
