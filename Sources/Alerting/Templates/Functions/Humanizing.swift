// Humanizing: numbers for people: with prefixes, as durations, percentages and moments.

extension TemplateFunction {
    static let humanizing = [
        Self("humanize", number: humanized),
        Self("humanize1024", number: humanized1024),
        Self("humanizeDuration", number: humanizedDuration),
        Self("humanizePercentage", number: { short($0 * 100) + "%" }),
        Self("humanizeTimestamp", [.any]) { _, values throws(CallFailure) in
            let number = try float(values[0])
            guard number.isFinite else { return .string(short(number)) }
            return .string(try moment(number).description)
        },
    ]

    private init(_ name: String, number body: @escaping @Sendable (Double) -> String) {
        self.init(name, [.any]) { _, values throws(CallFailure) in
            .string(body(try Self.float(values[0])))
        }
    }

    /// The number in a value, be it written as a text.
    static func float(_ value: TemplateValue) throws(CallFailure) -> Double {
        switch value {
        case .float(let number): return number
        case .string(let text):
            switch GoFloat.parse(text) {
            case .success(let number): return number
            case .failure(let fault): throw CallFailure(fault.message(text))
            }
        case .integer(let number, .int), .integer(let number, .int64): return Double(number)
        case .integer(let span, .duration): return Double(span) / 1e9
        default: throw CallFailure("can't convert \(value.type?.name ?? "<nil>") to float")
        }
    }

    /// The moment so many seconds after the epoch, in whole milliseconds.
    static func moment(_ seconds: Double) throws(CallFailure) -> GoTime {
        guard seconds.isFinite else { throw CallFailure("value is NaN or Inf") }
        let nanoseconds = seconds * 1e9
        guard nanoseconds.magnitude <= 0x1p63 else {
            let shown = GoFloat.text(seconds, form: "g", precision: nil)
            throw CallFailure(
                "\(shown) cannot be represented as a nanoseconds timestamp since it overflows int64"
            )
        }
        let whole = Int64(exactly: nanoseconds.rounded(.towardZero)) ?? .min
        return GoTime(milliseconds: whole / 1_000_000)
    }

    /// Four significant digits.
    private static func short(_ number: Double) -> String {
        GoFloat.text(number, form: "g", precision: 4)
    }

    private static func humanized(_ number: Double) -> String {
        guard number != 0, number.isFinite else { return short(number) }
        if abs(number) < 1 { return shrunk(number) }
        return divided(number, by: 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"])
    }

    private static func humanized1024(_ number: Double) -> String {
        guard abs(number) > 1, number.isFinite else { return short(number) }
        return divided(number, by: 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
    }

    private static func divided(_ number: Double, by base: Double, _ prefixes: [String]) -> String {
        var number = number
        var prefix = ""
        for larger in prefixes where abs(number) >= base {
            prefix = larger
            number /= base
        }
        return short(number) + prefix
    }

    /// A number below one with a prefix that makes it larger.
    private static func shrunk(_ number: Double) -> String {
        var number = number
        var prefix = ""
        for smaller in ["m", "u", "n", "p", "f", "a", "z", "y"] where abs(number) < 1 {
            prefix = smaller
            number *= 1000
        }
        return short(number) + prefix
    }

    private static func humanizedDuration(_ seconds: Double) -> String {
        guard seconds.isFinite else { return short(seconds) }
        if seconds == 0 { return short(seconds) + "s" }
        if abs(seconds) < 1 { return shrunk(seconds) + "s" }
        // Longer than anything: Go's smallest number, as on its processors.
        let whole = Int64(exactly: abs(seconds).rounded(.towardZero)) ?? .min
        let sign = seconds < 0 ? "-" : ""
        let minutes = whole / 60 % 60
        let hours = whole / 3600 % 24
        let days = whole / 86_400
        let tail = "\(minutes)m \(whole % 60)s"
        if days != 0 { return "\(sign)\(days)d \(hours)h \(tail)" }
        if hours != 0 { return "\(sign)\(hours)h \(tail)" }
        if minutes != 0 { return sign + tail }
        return sign + short(abs(seconds)) + "s"
    }
}
