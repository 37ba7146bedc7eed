// ExpositionError: why an exposition cannot be read, and where.

/// The first thing wrong with an exposition, in Prometheus' words; nothing of it is taken then.
package struct ExpositionError: Error, Hashable, CustomStringConvertible {
    /// From 1.
    package var line: Int
    package var message: String

    package var description: String { "line \(line): \(message)" }
}

/// A message without its place; the parser knows the line.
struct ExpositionFault: Error {
    var message: String
}

extension Sequence<UInt8> {
    /// These bytes between quotation marks, as Go quotes them; long ones are cut.
    ///
    /// What would not be seen, or would do something to a terminal, is escaped.
    var goQuoted: String {
        let bytes = Array(prefix(Self.longest + 1))
        var rest = bytes.prefix(Self.longest)[...]
        var text = "\""
        while !rest.isEmpty {
            let (scalar, length) = Self.scalar(rest)
            text += scalar.map(Self.escaped) ?? Self.hex(rest.first ?? 0)
            rest = rest.dropFirst(length)
        }
        return text + (bytes.count > Self.longest ? "…\"" : "\"")
    }

    private static var longest: Int { 200 }

    /// The first character and its bytes; nil and 1 where they are no UTF-8.
    private static func scalar(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar?, Int) {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return (nil, 1) }
        return (scalar, UTF8.width(scalar))
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case " "..."~": return String(scalar)
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator, .spaceSeparator:
            let digits = String(scalar.value, radix: 16)
            if scalar.value < 0x80 { return hex(UInt8(scalar.value)) }
            let (mark, width) = scalar.value <= 0xFFFF ? ("\\u", 4) : ("\\U", 8)
            return mark + String(repeating: "0", count: width - digits.count) + digits
        default: return String(scalar)
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
