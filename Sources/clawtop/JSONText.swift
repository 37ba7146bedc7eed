// JSONText: JSON whose fields stand in the order they were given; what is nil is left out.

/// A JSON value.
enum JSONText {
    case string(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
    case array([JSONText])
    case object([(String, JSONText?)])

    /// The value on lines of its own, indented by two columns a level.
    var text: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    /// The value on one line, without a space.
    var line: String {
        var text = ""
        write(to: &text, indent: nil)
        return text
    }

    /// With no indent all of it stands on one line.
    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .string(let value): Self.quote(value, to: &text)
        case .integer(let value): text += "\(value)"
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .bool(let value): text += value ? "true" : "false"
        case .array(let values):
            Self.list("[", values.map { (nil, $0) }, "]", to: &text, indent: indent)
        case .object(let fields):
            let present = fields.compactMap { name, value in value.map { (name, $0) } }
            Self.list("{", present, "}", to: &text, indent: indent)
        }
    }

    private static func list(
        _ open: String, _ items: [(name: String?, value: JSONText)], _ close: String,
        to text: inout String, indent: Int?
    ) {
        text += open
        let inner = indent.map { $0 + 1 }
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            breakLine(&text, indent: inner)
            if let name = item.name {
                quote(name, to: &text)
                text += indent == nil ? ":" : ": "
            }
            item.value.write(to: &text, indent: inner)
        }
        if !items.isEmpty { breakLine(&text, indent: indent) }
        text += close
    }

    private static func breakLine(_ text: inout String, indent: Int?) {
        if let indent { text += "\n" + String(repeating: "  ", count: indent) }
    }

    /// Control characters, the C1 ones among them, are escaped: no terminal is harmed by `cat`.
    private static func quote(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\r": text += "\\r"
            case _ where scalar.isHarmful:
                let code = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: max(0, 4 - code.count)) + code
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Unicode.Scalar {
    /// Controls, and what turns the direction of writing.
    fileprivate var isHarmful: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }
}
