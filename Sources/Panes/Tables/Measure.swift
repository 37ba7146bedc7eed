// Measure: what rows are sorted and filtered by.

/// A thing that one can ask of a row.
struct Field: Hashable, Sendable {
    enum Unit: Hashable, Sendable {
        /// Microseconds.
        case latency
        /// Milliseconds.
        case age
        case percent, count, word
        /// One of these words, the least first.
        case ranked([String])
    }

    var name: String
    var unit: Unit

    init(_ name: String, _ unit: Unit) {
        (self.name, self.unit) = (name, unit)
    }
}

enum Measure: Hashable, Sendable {
    case number(Double)
    case word(String)

    static func number(_ count: Int) -> Measure { .number(Double(count)) }
}

extension Measure: Comparable {
    static func < (one: Measure, other: Measure) -> Bool {
        switch (one, other) {
        case (.number(let a), .number(let b)): a < b
        case (.word(let a), .word(let b)): a < b
        case (.number, .word): true
        case (.word, .number): false
        }
    }
}
