// JSONQuoted: a string as a JSON document writes it, made readable.

/// The bytes between the quotes; most are compared or thrown away and never become a string.
struct JSONQuoted {
    let bytes: ArraySlice<UInt8>
    /// There is a backslash among them.
    let isEscaped: Bool

    /// Unescaped; what is no UTF-8, or half a surrogate pair, is U+FFFD.
    var text: String {
        String(decoding: isEscaped ? unescaped : bytes, as: UTF8.self)
    }

    /// At most `count` characters of it.
    func text(atMost count: Int) -> String {
        guard bytes.count > count else { return text }
        return String(text.prefix(count))
    }

    var unescaped: ArraySlice<UInt8> {
        guard isEscaped else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "u"): result.append(contentsOf: Self.scalar(&rest).utf8Bytes)
            case let other?: result.append(other)
            case nil: break
            }
        }
        return result[...]
    }

    /// The character behind `\u`, and behind a second `\u` where the first is half a pair.
    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        guard let first = unit(&rest) else { return "\u{FFFD}" }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
        var ahead = rest
        guard ahead.popFirst() == UInt8(ascii: "\\"), ahead.popFirst() == UInt8(ascii: "u"),
            let second = unit(&ahead), UTF16.isTrailSurrogate(second)
        else { return "\u{FFFD}" }
        rest = ahead
        let pair = UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)
        return Unicode.Scalar(pair + 0x10000) ?? "\u{FFFD}"
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
        let digits = String(decoding: rest.prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
            let unit = UInt16(digits, radix: 16)
        else { return nil }
        rest = rest.dropFirst(4)
        return unit
    }
}

extension Unicode.Scalar {
    fileprivate var utf8Bytes: [UInt8] { Array(String(Character(self)).utf8) }
}

/// The name of an object's member.
struct JSONName {
    private let quoted: JSONQuoted

    init(_ quoted: JSONQuoted) {
        self.quoted = quoted
    }

    var text: String { quoted.text }

    static func ~= (wanted: StaticString, name: JSONName) -> Bool {
        let bytes = name.quoted.unescaped
        guard bytes.count == wanted.utf8CodeUnitCount else { return false }
        return wanted.withUTF8Buffer { $0.elementsEqual(bytes) }
    }
}

extension JSONScanner {
    /// A string; null is an empty one.
    mutating func string() throws(JSONError) -> String {
        if try takeNull() { return "" }
        return try quoted().text
    }

    /// A string cut to `count` characters; null is an empty one.
    mutating func string(atMost count: Int) throws(JSONError) -> String {
        if try takeNull() { return "" }
        return try quoted().text(atMost: count)
    }

    /// A string that is likely to have come before; null is an empty one.
    mutating func string(in table: inout StringTable) throws(JSONError) -> String {
        if try takeNull() { return "" }
        return table.string(try quoted())
    }
}
