// Times: moments and durations, and their methods.
import Events

extension TemplateFunction {
    static let times = [
        Self("now", []) { execution, _ in
            .float(Double(execution.input.now.milliseconds) / 1000)
        },
        Self("toTime", [.any]) { _, values throws(CallFailure) in
            .pointer(.time(try moment(try float(values[0]))))
        },
        Self("toDuration", [.any]) { _, values throws(CallFailure) in
            .pointer(.integer(GoDuration.nanoseconds(try float(values[0])), .duration))
        },
        Self("parseDuration", [.string]) { _, values throws(CallFailure) in
            .float(Double(try nanoseconds(of: values[0].text)) / 1e9)
        },
    ]

    /// The units of Prometheus's durations, the largest first.
    private static let units: [(name: String, nanoseconds: UInt64)] = [
        ("y", 365 * 86_400_000_000_000), ("w", 7 * 86_400_000_000_000), ("d", 86_400_000_000_000),
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ]

    /// Reads `1h30m`: numbers with units, each unit once and the largest first.
    private static func nanoseconds(of text: String) throws(CallFailure) -> UInt64 {
        guard !text.isEmpty else { throw CallFailure("empty duration string") }
        guard text != "0" else { return 0 }
        let malformed = CallFailure("not a valid duration string: \(GoLiteral.quoted(text))")
        var rest = text.utf8[...]
        var sum: UInt64 = 0
        var smallest = -1
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isDecimalDigit)
            rest = rest.dropFirst(digits.count)
            let name = String(decoding: rest.prefix { !$0.isDecimalDigit }, as: UTF8.self)
            rest = rest.dropFirst(name.utf8.count)
            guard let count = UInt64(String(decoding: digits, as: UTF8.self)), !name.isEmpty else {
                throw malformed
            }
            guard let unit = units.firstIndex(where: { $0.name == name }) else {
                let (name, text) = (GoLiteral.quoted(name), GoLiteral.quoted(text))
                throw CallFailure("unknown unit \(name) in duration \(text)")
            }
            guard unit > smallest else { throw malformed }
            smallest = unit
            let (part, overflows) = count.multipliedReportingOverflow(by: units[unit].nanoseconds)
            guard !overflows, part <= UInt64(Int64.max) - sum else {
                throw CallFailure("duration out of range")
            }
            sum += part
        }
        return sum
    }

    /// A method of a moment, a duration, a month or a day of the week.
    static func method(_ name: String, of value: TemplateValue) -> Self? {
        switch value.pointee {
        case .time(let time): method(name, of: time)
        case .integer(let span, .duration): method(name, of: span)
        case .integer(_, .month) where name == "String",
            .integer(_, .weekday) where name == "String":
            Self(name, []) { _, _ in .string(value.pointee.ownText ?? "") }
        default: nil
        }
    }

    private static func method(_ name: String, of time: GoTime) -> Self? {
        if let value = property(name, of: time) { return Self(name, []) { _, _ in value } }
        let (moment, span) = (TemplateType.time, TemplateType.whole(.duration))
        switch name {
        case "Format":
            return Self(name, [.string]) { _, values in .string(time.formatted(values[0].text)) }
        case "Add": return Self(name, [span]) { _, values in .time(time.adding(values[0].whole)) }
        case "Sub":
            return Self(name, [moment]) { _, values in
                .integer(time.since(values[0].moment), .duration)
            }
        case "Before":
            return Self(name, [moment]) { _, values in .bool(time.since(values[0].moment) < 0) }
        case "After":
            return Self(name, [moment]) { _, values in .bool(time.since(values[0].moment) > 0) }
        case "Equal": return Self(name, [moment]) { _, values in .bool(time == values[0].moment) }
        default: return nil
        }
    }

    private static func property(_ name: String, of time: GoTime) -> TemplateValue? {
        switch name {
        case "UTC", "Local": .time(time)
        case "String": .string(time.description)
        case "Year": .int(time.civil.year)
        case "Month": .integer(Int64(time.civil.month), .month)
        case "Day": .int(time.civil.day)
        case "Hour": .int(time.civil.hour)
        case "Minute": .int(time.civil.minute)
        case "Second": .int(time.civil.second)
        case "Nanosecond": .int(time.nanoseconds)
        case "YearDay": .int(time.civil.dayOfYear)
        case "Weekday": .integer(Int64(time.civil.weekday), .weekday)
        case "Unix": .integer(time.seconds, .int64)
        case "UnixMilli":
            .integer(time.seconds &* 1000 &+ Int64(time.nanoseconds / 1_000_000), .int64)
        case "UnixMicro":
            .integer(time.seconds &* 1_000_000 &+ Int64(time.nanoseconds / 1000), .int64)
        case "UnixNano": .integer(time.unixNanoseconds, .int64)
        case "IsZero": .bool(false)
        default: nil
        }
    }

    private static func method(_ name: String, of span: Int64) -> Self? {
        let value: TemplateValue? =
            switch name {
            case "Hours": .float(span.fractional(per: 3600 * GoDuration.second))
            case "Minutes": .float(span.fractional(per: 60 * GoDuration.second))
            case "Seconds": .float(span.fractional(per: GoDuration.second))
            case "Milliseconds": .integer(span / 1_000_000, .int64)
            case "Microseconds": .integer(span / 1000, .int64)
            case "Nanoseconds": .integer(span, .int64)
            case "String": .string(GoDuration.text(span))
            case "Abs": .integer(Int64(clamping: span.magnitude), .duration)
            default: nil
            }
        if let value { return Self(name, []) { _, _ in value } }
        guard name == "Truncate" || name == "Round" else { return nil }
        return Self(name, [.whole(.duration)]) { _, values in
            let unit = values[0].whole
            return .integer(span.aligned(to: unit, rounding: name == "Round"), .duration)
        }
    }
}

extension TemplateValue {
    fileprivate var whole: Int64 {
        if case .integer(let number, _) = self { number } else { 0 }
    }

    fileprivate var moment: GoTime {
        if case .time(let time) = self { time } else { GoTime(milliseconds: 0) }
    }
}

extension Int64 {
    /// Go adds the whole units and the rest, which rounds as it rounds.
    fileprivate func fractional(per unit: Int64) -> Double {
        Double(self / unit) + Double(self % unit) / Double(unit)
    }

    /// The nearest multiple of the unit, halves away from zero; or the one towards zero.
    fileprivate func aligned(to unit: Int64, rounding: Bool) -> Int64 {
        guard unit > 0 else { return self }
        let rest = self % unit
        let down = self - rest
        guard rounding, rest.magnitude &* 2 >= unit.magnitude else { return down }
        let (up, overflows) = down.addingReportingOverflow(self < 0 ? -unit : unit)
        return overflows ? (self < 0 ? .min : .max) : up
    }
}
