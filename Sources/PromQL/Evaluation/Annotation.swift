// Annotation: what there is to say about an answer that is given all the same.

/// A remark about an answer: a warning says that it may be wrong, an info that it may mislead.
package struct Annotation: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable { case warning, info }

    package var severity: Severity
    /// Without Prometheus' prefix, and without the place.
    package var message: String
    /// The part of the expression it is about.
    package var position: Position

    /// As Prometheus shows it: `PromQL warning: … (1:25)`, line and column of the part in `text`.
    package func description(in text: String) -> String {
        "PromQL \(severity.rawValue): \(message) (\(position.place(in: text)))"
    }
}

extension Position {
    /// The line and the column in bytes, both from 1: `1:25`.
    func place(in text: String) -> String {
        let before = text.utf8.prefix(max(0, start))
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { text.utf8.index(after: $0) }
        let column = text.utf8.distance(from: lineStart ?? text.startIndex, to: before.endIndex) + 1
        return "\(line):\(column)"
    }
}
