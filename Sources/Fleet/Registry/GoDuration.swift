// GoDuration: durations as Go writes them, `1m30s`.

/// Nil where the text is none: Go wants a unit on every number but 0.
func goDuration(_ text: String) -> Duration? {
    if text == "0" { return .zero }
    var total = Duration.zero
    var rest = text[...]
    while !rest.isEmpty {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = rest[digits.endIndex...].prefix { $0.isLetter }
        guard let number = Double(digits), let seconds = goUnits[String(unit)] else { return nil }
        total += .seconds(number * seconds)
        rest = rest[unit.endIndex...]
    }
    return text.isEmpty ? nil : total
}

private let goUnits: [String: Double] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600,
]
