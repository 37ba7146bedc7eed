// PointedError: a parse error with the place in the expression shown below it.
import Drawing
import PromQL

extension ParseError {
    /// The message, the line of `text` it is about, and a caret under the place.
    func pointed(in text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return description.harmless }
        let line = String(lines[line - 1])
        let before = String(decoding: line.utf8.prefix(max(0, column - 1)), as: UTF8.self)
        let margin = String(repeating: " ", count: TextWidth.columns(before.harmless))
        return "\(description.harmless)\n  \(line.harmless)\n  \(margin)^"
    }
}
