// GoTime+Layout: moments in a layout, which shows how the moment of reference would look.
import Events

extension GoTime {
    /// The moment in a layout such as `2006-01-02 15:04`: <https://pkg.go.dev/time#Layout>.
    func formatted(_ layout: String) -> String {
        var result = ""
        var rest = layout.utf8[...]
        var text: [UInt8] = []
        while !rest.isEmpty {
            if let (length, piece) = piece(at: rest) {
                result += String(decoding: text, as: UTF8.self) + piece
                text = []
                rest = rest.dropFirst(length)
            } else if let byte = rest.popFirst() {
                text.append(byte)
            }
        }
        return result + String(decoding: text, as: UTF8.self)
    }

    /// The element that a layout begins with: how long it is, and what it shows.
    private func piece(at layout: Substring.UTF8View) -> (Int, String)? {
        if let fraction = fraction(at: layout) { return fraction }
        // An underscore before a year is text.
        if layout.starts(with: "_2006".utf8) { return nil }
        for (element, show) in Self.elements where layout.starts(with: element.utf8) {
            // "Mont" is no weekday.
            let isWord = element == "Jan" || element == "Mon"
            if isWord, let next = layout.dropFirst(3).first, (0x61...0x7A).contains(next) {
                continue
            }
            return (element.utf8.count, show(self))
        }
        return nil
    }

    /// Decimals of the second: as many as zeros, or as needed for nines.
    private func fraction(at layout: Substring.UTF8View) -> (Int, String)? {
        guard let mark = layout.first, ".,".utf8.contains(mark),
            let digit = layout.dropFirst().first, digit == 0x30 || digit == 0x39
        else { return nil }
        let run = layout.dropFirst().prefix { $0 == digit }
        guard layout.dropFirst(1 + run.count).first?.isDecimalDigit != true else { return nil }
        let all = String(1_000_000_000 + nanoseconds).utf8.dropFirst()
        var digits = all.prefix(run.count) + Array(repeating: 0x30, count: max(0, run.count - 9))
        if digit == 0x39 {
            while digits.last == 0x30 { digits.removeLast() }
            if digits.isEmpty { return (1 + run.count, "") }
        }
        return (1 + run.count, String(decoding: [mark] + digits, as: UTF8.self))
    }

    /// The elements of layouts, longer ones before those they begin with; all moments are in UTC.
    private static let elements: [(String, @Sendable (GoTime) -> String)] = [
        ("January", { monthName($0.civil.month) }),
        ("Jan", { String(monthName($0.civil.month).prefix(3)) }),
        ("Monday", { weekdayName($0.civil.weekday) }),
        ("Mon", { String(weekdayName($0.civil.weekday).prefix(3)) }),
        ("MST", { _ in "UTC" }),
        ("2006", { $0.civil.year.padded(to: 4) }),
        ("__2", { $0.civil.dayOfYear.padded(to: 3, with: " ") }),
        ("002", { $0.civil.dayOfYear.padded(to: 3) }),
        ("01", { $0.civil.month.padded(to: 2) }),
        ("02", { $0.civil.day.padded(to: 2) }),
        ("03", { $0.hourOfHalfDay.padded(to: 2) }),
        ("04", { $0.civil.minute.padded(to: 2) }),
        ("05", { $0.civil.second.padded(to: 2) }),
        ("06", { (abs($0.civil.year) % 100).padded(to: 2) }),
        ("_2", { $0.civil.day.padded(to: 2, with: " ") }),
        ("15", { $0.civil.hour.padded(to: 2) }),
        ("1", { "\($0.civil.month)" }),
        ("2", { "\($0.civil.day)" }),
        ("3", { "\($0.hourOfHalfDay)" }),
        ("4", { "\($0.civil.minute)" }),
        ("5", { "\($0.civil.second)" }),
        ("PM", { $0.civil.hour < 12 ? "AM" : "PM" }),
        ("pm", { $0.civil.hour < 12 ? "am" : "pm" }),
        ("-07:00:00", { _ in "+00:00:00" }),
        ("-07:00", { _ in "+00:00" }),
        ("-070000", { _ in "+000000" }),
        ("-0700", { _ in "+0000" }),
        ("-07", { _ in "+00" }),
        ("Z07:00:00", { _ in "Z" }),
        ("Z07:00", { _ in "Z" }),
        ("Z070000", { _ in "Z" }),
        ("Z0700", { _ in "Z" }),
        ("Z07", { _ in "Z" }),
    ]

    private var hourOfHalfDay: Int { civil.hour % 12 == 0 ? 12 : civil.hour % 12 }
}

extension Int {
    fileprivate func padded(to width: Int, with pad: Character = "0") -> String {
        let digits = String(magnitude)
        let padding = String(repeating: pad, count: Swift.max(0, width - digits.utf8.count))
        return (self < 0 ? "-" : "") + padding + digits
    }
}
