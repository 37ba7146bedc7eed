// CivilTime: a moment as a date and a time of day, in UTC.

/// A date of the Gregorian calendar and a time of day.
struct CivilTime: Hashable {
    let year: Int
    /// 1 to 12.
    let month: Int
    /// 1 to 31.
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    /// 0 is Sunday.
    let weekday: Int
    /// 1 to 366.
    let dayOfYear: Int

    /// Fractions are cut off.
    ///
    /// What 64 bits cannot hold, NaN too, is the last second that they can, as
    /// in Prometheus.
    init(secondsSince1970 seconds: Double) {
        let whole = Int(exactly: seconds.rounded(.towardZero)) ?? Int.max
        let days = Self.floor(whole, 86400)
        let secondOfDay = (whole % 86400 + 86400) % 86400
        (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        weekday = (days + 4) - Self.floor(days + 4, 7) * 7

        // Years begin on 1 March here, so that a leap day ends one; eras have 400 years.
        let shifted = days + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let isLeap = Self.isLeap(year)
        dayOfYear = dayFromMarch >= 306 ? dayFromMarch - 305 : dayFromMarch + (isLeap ? 60 : 59) + 1
    }

    var daysInMonth: Int {
        switch month {
        case 2: Self.isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }
}
