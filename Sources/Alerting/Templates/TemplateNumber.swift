// TemplateNumber: a number literal, under every type that can hold it.

/// A number or character in a template, which gets its type where it is used.
struct TemplateNumber: Sendable {
    var literal: String
    /// The value as a whole number; nil where it is none, or does not fit.
    var integer: Int64?
    var float: Double
    private var isCharacter = false

    struct Fault: Error {
        var message: String
    }

    init(character literal: String) throws(Fault) {
        self.literal = literal
        guard let scalars = GoLiteral.characters(literal), let value = scalars.first else {
            throw Fault(message: "invalid syntax")
        }
        guard scalars.count == 1 else {
            throw Fault(message: "malformed character constant: \(literal)")
        }
        integer = Int64(value)
        float = Double(value)
        isCharacter = true
    }

    init(_ literal: String) throws(Fault) {
        self.literal = literal
        if let value = Self.wholeNumber(literal) {
            integer = Int64(exactly: value)
            float = Double(value)
            return
        }
        guard case .success(let value) = GoFloat.parse(literal), !literal.hasSuffix("i") else {
            throw Fault(message: "illegal number syntax: \(GoLiteral.quoted(literal))")
        }
        guard literal.utf8.contains(where: { ".eEpP".utf8.contains($0) }) else {
            throw Fault(message: "integer overflow: \(GoLiteral.quoted(literal))")
        }
        integer = Int64(exactly: value)
        float = value
    }

    /// Whether the literal itself says that it is no whole number: `1.0`, `1e3`.
    var isFloatByForm: Bool {
        guard !isCharacter else { return false }
        let digits = literal.utf8
        let isHexadecimal =
            digits.first == UInt8(ascii: "0") && digits.count > 2
            && "xX".utf8.contains(digits[digits.index(after: digits.startIndex)])
        return isHexadecimal
            ? digits.contains { "pP".utf8.contains($0) }
            : digits.contains { ".eEpP".utf8.contains($0) }
    }

    /// The value of an integer literal, with or without a sign; nil for anything else.
    private static func wholeNumber(_ literal: String) -> Int128? {
        var digits = literal.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        guard let plain = withoutUnderscores(digits) else { return nil }
        var radix = 10
        var body = plain[...]
        if plain.count > 1, plain.first == UInt8(ascii: "0") {
            let prefix = Unicode.Scalar(plain[1])
            radix = prefix == "x" || prefix == "X" ? 16 : prefix == "b" || prefix == "B" ? 2 : 8
            let hasLetter = !("0"..."9").contains(prefix)
            if radix == 8, hasLetter, prefix != "o", prefix != "O" { return nil }
            body = plain.dropFirst(hasLetter ? 2 : 1)
        }
        guard let first = body.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else {
            return nil
        }
        let magnitude = UInt64(String(decoding: body, as: UTF8.self), radix: radix)
        let value = magnitude.map { isNegative ? -Int128($0) : Int128($0) }
        return value.flatMap { $0 >= Int128(Int64.min) ? $0 : nil }
    }
    /// The digits without the underscores between them; nil where one stands elsewhere.
    private static func withoutUnderscores(_ digits: some Collection<UInt8>) -> [UInt8]? {
        let underscore = UInt8(ascii: "_")
        let bytes = Array(digits)
        guard bytes.contains(underscore) else { return bytes }
        let isPrefixed =
            bytes.count > 1 && bytes[0] == UInt8(ascii: "0") && bytes[1] > 0x40
            && bytes[1] != underscore
        let isDigit = { (index: Int) in
            bytes.indices.contains(index) && bytes[index].isHexadecimalDigit
        }
        for (index, byte) in bytes.enumerated() where byte == underscore {
            let follows = isDigit(index - 1) || (isPrefixed && index == 2)
            guard follows, isDigit(index + 1) else { return nil }
        }
        return bytes.filter { $0 != underscore }
    }
}
