// Numbers: counts, rates and shares as people read them, by integer arithmetic.

/// `11,240`.
package func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    guard digits.utf8.count > 3 || count < 0 else { return digits }
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text.append(",") }
        text.append(digit)
    }
    return text
}

/// `41.2`, and `210` where the tenth no longer matters.
///
/// What is not a number is a question mark, as in a quotient by nothing.
package func rate(_ value: Double) -> String {
    guard value.isFinite, value < 1e15, value > -1e15 else { return "?" }
    if value >= 99.95 { return grouped(Int(value.rounded())) }
    return tenths(Int((value * 10).rounded()))
}

/// Any figure in three digits, or in as many as stand before its point: `0.083`, `12.5`, `41,240`.
///
/// What is too small or too great for that has an exponent; `NaN` and `+Inf` are Prometheus's words.
package func figure(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf" }
    let size = abs(value)
    guard size < 1e15, size >= 0.001 || size == 0 else { return "\(value)" }
    let decimals =
        size < 0.01 ? 5 : size < 0.1 ? 4 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0
    let factor = [1, 10, 100, 1000, 10_000, 100_000][decimals]
    let units = Int((size * Double(factor)).rounded())
    let digits = String(units % factor + factor).dropFirst()
    let fraction = String(digits.reversed().drop { $0 == "0" }.reversed())
    let sign = value < 0 && units > 0 ? "-" : ""
    return sign + grouped(units / factor) + (fraction.isEmpty ? "" : ".\(fraction)")
}

/// `8.3 %`; a little is never none: `<0.1 %`.
package func percent(_ value: Double) -> String {
    guard value.isFinite else { return "? %" }
    return "\(share(value)) %"
}

/// `8.3`, as a column of percents has it; a little is never none.
package func share(_ value: Double) -> String {
    value > 0 && value < 0.05 ? "<0.1" : rate(value)
}

/// `1 saga`, `2 sagas`.
package func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? "1 \(one)" : "\(grouped(count)) \(many ?? one + "s")"
}

/// A number of tenths: 412 is `41.2`.
func tenths(_ count: Int) -> String {
    let sign = count < 0 ? "-" : ""
    return "\(sign)\(count.magnitude / 10).\(count.magnitude % 10)"
}
