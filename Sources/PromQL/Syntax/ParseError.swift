// ParseError: why a text is no expression, and where.

/// The first thing wrong with a text, in the words and at the place that Prometheus 3.14 names.
package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1; 0 in an empty text, which has no places.
    package var line: Int
    /// From 1, in UTF-8 bytes.
    package var column: Int
    package var message: String

    package init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String {
        line > 0
            ? "\(line):\(column): parse error: \(message)"
            : "unknown position: parse error: \(message)"
    }
}

/// A ``ParseError`` that still counts bytes.
struct Complaint: Error, Hashable {
    var offset: Int
    var message: String

    func placed(in text: [UInt8]) -> ParseError {
        guard !text.isEmpty else { return ParseError(line: 0, column: 0, message: message) }
        let before = text.prefix(max(0, offset))
        let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
        let lineBreak = before.lastIndex(of: UInt8(ascii: "\n")) ?? -1
        return ParseError(line: line, column: before.count - lineBreak, message: message)
    }
}
