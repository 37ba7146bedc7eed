// CivilTime: a moment as a date and a time of day, in UTC.

/// A date of the Gregorian calendar and a time of day.
package struct CivilTime: Hashable, Sendable {
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// 0 is Sunday.
    package let weekday: Int
    /// 1 to 366.
    package let dayOfYear: Int

    /// After <https://howardhinnant.github.io/date_algorithms.html>.
    package init(secondsSince1970 seconds: Int64) {
        let (days, secondOfDay) = Int(seconds).flooredQuotient(by: 86_400)
        (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        // The first of all was a Thursday.
        weekday = (days + 4).flooredQuotient(by: 7).remainder

        // Years begin on 1 March here, so that a leap day ends one; eras have 400 years.
        let (era, dayOfEra) = (days + 719_468).flooredQuotient(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = Self.isLeap(year)
        dayOfYear = dayFromMarch >= 306 ? dayFromMarch - 305 : dayFromMarch + (isLeap ? 60 : 59) + 1
    }

    package var daysInMonth: Int {
        switch month {
        case 2: Self.isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

extension BinaryInteger {
    /// The quotient rounded down, and what is left, which is never negative.
    package func flooredQuotient(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let parts = quotientAndRemainder(dividingBy: divisor)
        guard parts.remainder < 0 else { return parts }
        return (parts.quotient - 1, parts.remainder + divisor)
    }
}
