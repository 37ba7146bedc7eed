// FlatYAML: the plain part of YAML, mappings of scalars, as a list of dotted scalars.

/// Reads `name: value` lines and mappings nested by indentation.
///
/// It guesses nothing: lists, flow collections, aliases and block texts are passed over, and a
/// document with any other line at its margin is no mapping at all. Settings has the whole YAML.
struct FlatYAML {
    private var scalars: [FlatScalar] = []
    /// The mappings around the current line, outermost first.
    private var parents: [(indent: Int, name: String, isSecret: Bool)] = []
    /// Lines indented deeper than this belong to a value that is passed over.
    private var passedOver: Int?

    /// Nil where `bytes` are no such mapping.
    static func scalars(_ bytes: [UInt8]) -> [FlatScalar]? {
        guard bytes.count <= 1 << 20 else { return nil }
        var reader = FlatYAML()
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard reader.read(line) else { return nil }
            if reader.scalars.count == 256 { break }
        }
        return reader.scalars.isEmpty ? nil : reader.scalars
    }

    /// False where the document is no mapping.
    private mutating func read(_ line: Substring) -> Bool {
        let indent = line.prefix { $0 == " " }.count
        let text = line.dropFirst(indent)
        guard let first = text.first, first != "#" else { return true }
        if indent == 0, text == "---" || text == "..." { return true }
        guard first != "\t" else { return false }
        if let passedOver {
            if indent > passedOver { return true }
            self.passedOver = nil
        }
        if text == "-" || text.hasPrefix("- ") {
            passedOver = indent
            return !parents.isEmpty
        }
        guard let (name, value) = Self.pair(text) else { return false }
        parents.removeAll { $0.indent >= indent }
        guard parents.count < 64 else { return false }
        add(name, value, indent)
        return Self.isClosed(value)
    }

    private mutating func add(_ name: String, _ value: Substring, _ indent: Int) {
        let isSecret = Secrecy.isSecret(name: name) || parents.last?.isSecret == true
        let path = parents.last.map { "\($0.name).\(name)" } ?? name
        if value.isEmpty {
            parents.append((indent, String(path.prefix(1000)), isSecret))
            return
        }
        passedOver = indent
        if let scalar = Self.scalar(value) {
            scalars.append(FlatScalar(name: path, value: scalar, isSecret: isSecret))
        }
    }

    /// `name: value` taken apart, without its comment.
    private static func pair(_ text: Substring) -> (name: String, value: Substring)? {
        guard let colon = text.indices.first(where: { isColon(at: $0, in: text) }) else {
            return nil
        }
        let name = text[..<colon].trimmed.unquoted
        let value = text[text.index(after: colon)...].trimmed
        guard let first = name.first, !"\"'-?[]{}&*!|>%@`".contains(first), name.count <= 200,
            !name.contains(where: \.isWhitespace)
        else { return nil }
        return (name, value.first == "#" ? "" : value)
    }

    private static func isColon(at index: Substring.Index, in text: Substring) -> Bool {
        guard text[index] == ":" else { return false }
        let next = text.index(after: index)
        return next == text.endIndex || text[next] == " " || text[next] == "\t"
    }

    /// A value on one line; nil where it is none.
    private static func scalar(_ value: Substring) -> String? {
        guard let first = value.first else { return nil }
        if first == "\"" || first == "'" {
            let rest = value.dropFirst()
            return rest.firstIndex(of: first).map { String(rest[..<$0]) }
        }
        guard !"|>[{&*!%@`".contains(first) else { return nil }
        let end = value.firstRange(of: " #")?.lowerBound ?? value.endIndex
        return String(value[..<end].trimmed)
    }

    /// Whether a quoted value ends on its own line.
    private static func isClosed(_ value: Substring) -> Bool {
        guard let quote = value.first, quote == "\"" || quote == "'" else { return true }
        return value.dropFirst().contains(quote)
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...last]
    }

    fileprivate var unquoted: String {
        guard count > 1, let quote = first, quote == "\"" || quote == "'", last == quote else {
            return String(self)
        }
        return String(dropFirst().dropLast())
    }
}
