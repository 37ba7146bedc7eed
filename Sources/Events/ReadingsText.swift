// ReadingsText: readings as one short text for the journal: `5:1 2.5 3 9:NaN@1700000000000`.

/// A number stands only where it does not follow the one before.
///
/// Three times shorter than a list of JSON objects, and it can say NaN and Inf, which JSON cannot.
struct ReadingsText {
    var text = ""

    init(_ readings: [Reading]) {
        var next: Int?
        for reading in readings {
            if !text.isEmpty { text += " " }
            if reading.number != next { text += "\(reading.number):" }
            text += Self.shortest(reading.value)
            if let at = reading.at { text += "@\(at.milliseconds)" }
            next = reading.number &+ 1
        }
    }

    /// Nil where `text` is no such text.
    static func readings(in text: String) -> [Reading]? {
        var readings: [Reading] = []
        var next: Int?
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            guard let reading = reading(in: word, next) else { return nil }
            readings.append(reading)
            next = reading.number &+ 1
        }
        return readings
    }

    private static func reading(in word: Substring.UTF8View, _ next: Int?) -> Reading? {
        var rest = word
        var number = next
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            number = Int(Substring(rest[..<colon]))
            rest = rest[rest.index(after: colon)...]
        }
        var at: Instant?
        if let mark = rest.firstIndex(of: UInt8(ascii: "@")) {
            guard let milliseconds = Int64(Substring(rest[rest.index(after: mark)...])) else {
                return nil
            }
            at = Instant(milliseconds: milliseconds)
            rest = rest[..<mark]
        }
        guard let number, let value = Double(Substring(rest)) else { return nil }
        return Reading(number, value, at: at)
    }

    /// `17` and not `17.0`.
    private static func shortest(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

extension Scrape: Codable {
    private enum Key: String, CodingKey {
        case at, target, firstNumber, series, readings, gone
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let text = try fields.decode(String.self, forKey: .readings)
        guard let readings = ReadingsText.readings(in: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .readings, in: fields, debugDescription: "no readings")
        }
        self.init(
            at: try fields.decode(Instant.self, forKey: .at),
            target: try fields.decode(String.self, forKey: .target),
            firstNumber: try fields.decodeIfPresent(Int.self, forKey: .firstNumber) ?? 0,
            series: try fields.decodeIfPresent([Labels].self, forKey: .series) ?? [],
            readings: readings,
            gone: try fields.decodeIfPresent([Int].self, forKey: .gone) ?? [])
    }

    /// What is empty is left out.
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(at, forKey: .at)
        try fields.encode(target, forKey: .target)
        try fields.encode(ReadingsText(readings).text, forKey: .readings)
        if !series.isEmpty {
            try fields.encode(firstNumber, forKey: .firstNumber)
            try fields.encode(series, forKey: .series)
        }
        if !gone.isEmpty { try fields.encode(gone, forKey: .gone) }
    }
}
