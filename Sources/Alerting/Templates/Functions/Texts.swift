// Texts: letters' case, regular expressions, and the parts of addresses.
import Patterns

extension TemplateFunction {
    static let texts = [
        Self("toUpper", text: { $0.mapped(\.upper) }),
        Self("toLower", text: { $0.mapped(\.lower) }),
        Self("title", text: titled),
        Self("match", [.string, .string]) { execution, values throws(CallFailure) in
            switch try execution.pattern(values[0].text) {
            case .success(let pattern): return .bool(pattern.occurs(in: values[1].text))
            case .failure(let error): throw CallFailure(error.inGoWords)
            }
        },
        Self("reReplaceAll", [.string, .string, .string]) { execution, values throws(CallFailure) in
            let expression = values[0].text
            switch try execution.pattern(expression) {
            case .success(let pattern):
                return .string(pattern.replacingAll(in: values[2].text, with: values[1].text))
            case .failure(let error):
                let shown =
                    expression.utf8.contains(UInt8(ascii: "`"))
                    ? GoLiteral.quoted(expression) : "`\(expression)`"
                throw CallFailure("regexp: Compile(\(shown)): \(error.inGoWords)")
            }
        },
        Self("stripPort", text: { HostPort($0)?.host ?? $0 }),
        Self("stripDomain", text: HostPort.withoutDomain),
    ]

    /// The first letter of each word in its title case.
    private static func titled(_ text: String) -> String {
        var result = ""
        var isInWord = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            result += isInWord ? String(scalar) : scalar.title
            isInWord =
                scalar.isASCII
                ? properties.isAlphabetic || properties.numericType != nil || scalar == "_"
                : !properties.isWhitespace
        }
        return result
    }
}

extension String {
    /// The text with each scalar mapped by itself, as Go does it.
    fileprivate func mapped(_ mapping: (Unicode.Scalar) -> String) -> String {
        unicodeScalars.reduce(into: "") { $0 += mapping($1) }
    }
}

extension Unicode.Scalar {
    fileprivate var lower: String {
        // The one letter that Go maps to less than its full mapping.
        self == "\u{130}" ? "i" : one(properties.lowercaseMapping)
    }

    /// Greek letters with an iota below have one capital in title case and two in upper case.
    fileprivate var upper: String {
        let upper = properties.uppercaseMapping
        return upper.unicodeScalars.count == 1 ? upper : title
    }

    fileprivate var title: String { one(properties.titlecaseMapping) }

    /// The mapped scalar; one that would become several stays as it is.
    fileprivate func one(_ mapped: String) -> String {
        mapped.unicodeScalars.count == 1 ? mapped : String(self)
    }
}
