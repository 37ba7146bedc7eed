// JSONValue: a small document of unknown shape, read whole.

/// Members keep their order; numbers and Booleans are as they are written.
indirect enum JSONValue {
    case object([(name: String, value: JSONValue)])
    case array([JSONValue])
    case string(String)
    case literal(String)
    case null

    /// Nil where the bytes are no JSON.
    init?(_ bytes: [UInt8]) {
        var scanner = JSONScanner(bytes)
        do {
            self = try Self.read(&scanner)
            try scanner.end()
        } catch {
            return nil
        }
    }

    private static func read(_ scanner: inout JSONScanner) throws(JSONError) -> JSONValue {
        switch try scanner.kind() {
        case .object:
            var members: [(name: String, value: JSONValue)] = []
            try scanner.object { (name, scanner) throws(JSONError) in
                members.append((name.text, try read(&scanner)))
            }
            return .object(members)
        case .array:
            var elements: [JSONValue] = []
            try scanner.array { (scanner) throws(JSONError) in
                elements.append(try read(&scanner))
            }
            return .array(elements)
        case .string: return .string(try scanner.string())
        case .literal: return .literal(try scanner.literal())
        case .null:
            _ = try scanner.literal()
            return .null
        }
    }
}
