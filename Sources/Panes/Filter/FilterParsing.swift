// FilterParsing: `payment`, `/^pay/`, `!canary`, `p99>500ms age<2h`.
import Patterns
import Wording

/// Why a filter cannot be used, with the remedy last.
struct FilterError: Error, Hashable, CustomStringConvertible {
    var description: String
}

extension Filter {
    /// `fields` is what the list knows of its rows; throws where a term makes no sense.
    init(_ text: String, fields: [Field]) throws(FilterError) {
        self.text = text
        var terms: [Term] = []
        for word in Self.words(of: text) { terms.append(try Self.term(word, fields)) }
        self.terms = terms
    }

    /// Split at blanks, but not inside of `/…/`.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isInPattern = false
        for character in text {
            if character == "/", word.isEmpty || word == "!" || isInPattern {
                isInPattern.toggle()
            }
            if character == " ", !isInPattern {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    private static func term(_ word: String, _ fields: [Field]) throws(FilterError) -> Term {
        let isInverted = word.hasPrefix("!")
        let rest = isInverted ? String(word.dropFirst()) : word
        return Term(isInverted: isInverted, test: try test(rest, fields))
    }

    private static func test(_ word: String, _ fields: [Field]) throws(FilterError) -> Test {
        if word.hasPrefix("/") {
            let inner = word.dropFirst().prefix { $0 != "/" }
            do {
                return .pattern(try Pattern("(?is).*(?:\(inner)).*"))
            } catch {
                throw FilterError(
                    description: "/\(inner)/ is no regular expression: \(error.reason)")
            }
        }
        if let comparison = try comparison(word, fields) { return .comparison(comparison) }
        return .words(word.lowercased())
    }

    /// Nil for a word that compares nothing.
    private static func comparison(
        _ word: String, _ fields: [Field]
    ) throws(FilterError) -> Comparison? {
        let isSign: (Character) -> Bool = { "<>=!".contains($0) }
        let start = word.prefix { !isSign($0) }
        let (name, rest) = (start.lowercased(), word[start.endIndex...])
        guard !name.isEmpty, rest.first.map(isSign) == true,
            let sign = Comparison.Sign.allCases.first(where: { rest.hasPrefix($0.rawValue) })
        else { return nil }
        guard let field = fields.first(where: { $0.name == name }) else {
            throw unknown(name, fields.map(\.name))
        }
        let value = String(rest.dropFirst(sign.rawValue.count))
        guard let measure = Measure(value, of: field.unit) else {
            throw FilterError(description: "\(name) wants \(field.unit.example(of: name, sign))")
        }
        return Comparison(field: field, sign: sign, measure: measure)
    }

    private static func unknown(_ name: String, _ known: [String]) -> FilterError {
        let remedy = nearest(to: name, among: known).map { "; did you mean \($0)?" }
        let list = "; this list knows \(known.joined(separator: ", "))"
        return FilterError(description: "no field \(name.prefix(40)) here\(remedy ?? list)")
    }
}

extension Measure {
    /// A number and its unit; nil where `text` is none.
    fileprivate init?(_ text: String, of unit: Field.Unit) {
        switch unit {
        case .word:
            self = .word(text.lowercased())
            return
        case .ranked(let words):
            guard let rank = words.firstIndex(of: text.lowercased()) else { return nil }
            self = .number(rank)
            return
        case .latency, .age, .percent, .count: break
        }
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let number = Double(digits), number.isFinite,
            let factor = unit.factor(text.dropFirst(digits.count).lowercased())
        else { return nil }
        self = .number(number * factor)
    }
}

extension Field.Unit {
    /// What a number with `suffix` is multiplied with; nil where the suffix does not fit.
    fileprivate func factor(_ suffix: String) -> Double? {
        let seconds: [String: Double] = [
            "us": 0.000_001, "µs": 0.000_001, "ms": 0.001, "s": 1, "m": 60, "h": 3600,
            "d": 86_400,
        ]
        switch self {
        case .latency: return suffix.isEmpty ? 1000 : seconds[suffix].map { $0 * 1_000_000 }
        case .age: return suffix.isEmpty ? 1000 : seconds[suffix].map { $0 * 1000 }
        case .percent: return suffix.isEmpty || suffix == "%" ? 1 : nil
        case .count: return suffix.isEmpty || suffix == "/s" ? 1 : nil
        case .word, .ranked: return nil
        }
    }

    fileprivate func example(of name: String, _ sign: Comparison.Sign) -> String {
        switch self {
        case .latency: "a duration, as in \(name)\(sign.rawValue)500ms"
        case .age: "an age, as in \(name)\(sign.rawValue)2h"
        case .percent: "a percentage, as in \(name)\(sign.rawValue)1%"
        case .count: "a number, as in \(name)\(sign.rawValue)10"
        case .word: "a word"
        case .ranked(let words): "one of \(words.joined(separator: ", "))"
        }
    }
}
