// Instant, as RFC 3339 writes it: `2026-11-23T03:21:03.448715718Z`.

extension Instant {
    /// Nil where `text` is no such moment; what is finer than a millisecond is cut off.
    package init?(rfc3339 text: String) {
        var rest = text.utf8[...]
        guard let year = rest.takeNumber(4), rest.take("-"), let month = rest.takeNumber(2),
            rest.take("-"), let day = rest.takeNumber(2), rest.take("T") || rest.take("t"),
            let hour = rest.takeNumber(2), rest.take(":"), let minute = rest.takeNumber(2),
            rest.take(":"), let second = rest.takeNumber(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60,
            let fraction = rest.takeMilliseconds(), let offset = rest.takeOffset(), rest.isEmpty
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(milliseconds: Int64(seconds * 1000 + fraction))
    }

    /// To the second, in UTC: `2026-11-23T03:21:03Z`.
    package var timestamp: String { "\(dateAndClock)Z" }

    /// With milliseconds, in UTC; what lies beyond the years 1 to 9999 is brought within.
    package var rfc3339: String {
        let within = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
        let fraction = Int(within.flooredQuotient(by: 1000).remainder)
        return "\(Self(milliseconds: within).dateAndClock).\(Self.padded(fraction, to: 3))Z"
    }

    private var dateAndClock: String {
        let time = CivilTime(secondsSince1970: milliseconds.flooredQuotient(by: 1000).quotient)
        let two = { Self.padded($0, to: 2) }
        return "\(Self.padded(time.year, to: 4))-\(two(time.month))-\(two(time.day))"
            + "T\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
    }

    private static func padded(_ number: Int, to digits: Int) -> String {
        String(repeating: "0", count: max(0, digits - String(number).count)) + String(number)
    }

    /// Days since 1970 in the Gregorian calendar; years begin in March, so that leap days come last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let monthsSinceMarch = (month + 9) % 12
        let dayOfYear = (153 * monthsSinceMarch + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}

extension Substring.UTF8View {
    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        removeFirst()
        return true
    }

    /// A number of exactly so many digits.
    fileprivate mutating func takeNumber(_ digits: Int) -> Int? {
        let word = prefix(digits)
        guard word.count == digits, word.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
            return nil
        }
        removeFirst(digits)
        return Int(Substring(word))
    }

    /// The fraction of a second, if there is one; nil where a point has no digits behind it.
    fileprivate mutating func takeMilliseconds() -> Int? {
        guard take(".") else { return 0 }
        let digits = prefix { $0 &- UInt8(ascii: "0") < 10 }
        removeFirst(digits.count)
        guard !digits.isEmpty else { return nil }
        return Int((String(Substring(digits)) + "00").prefix(3))
    }

    /// `Z` or `+02:00`, in seconds.
    fileprivate mutating func takeOffset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isNegative = first == UInt8(ascii: "-")
        guard take("+") || take("-"), let hours = takeNumber(2), take(":"),
            let minutes = takeNumber(2)
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isNegative ? -1 : 1)
    }
}
