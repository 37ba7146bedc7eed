// Folding: a line cut into as many as it needs, between words where it can be.
import Drawing

/// `line` in lines of at most `width` columns; what follows a label stands beside it.
///
/// A label is a first span that ends with two blanks. A word that is too long for a line is cut.
func folded(_ line: [Span], width: Int) -> [[Span]] {
    guard line.reduce(0, { $0 + $1.columns }) > width else { return [line] }
    let label = line.first.map { $0.text.hasSuffix("  ") ? $0.columns : 0 } ?? 0
    var fold = Fold(width: width, indent: label <= width / 2 ? label : 0)
    for span in line {
        for word in words(span.text) { fold.add(word, span.style) }
    }
    fold.begin()
    return fold.lines
}

/// Words, each with the blanks behind it.
private func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    var start = text.startIndex
    for index in text.indices.dropFirst() {
        if text[index] != " ", text[text.index(before: index)] == " " {
            words.append(text[start..<index])
            start = index
        }
    }
    return start < text.endIndex ? words + [text[start...]] : words
}

private struct Fold {
    let width, indent: Int
    private(set) var lines: [[Span]] = []
    private var line: [Span] = []
    private var used = 0

    init(width: Int, indent: Int) {
        (self.width, self.indent) = (max(1, width), indent)
    }

    mutating func add(_ word: Substring, _ style: Style) {
        let bare = TextWidth.columns(String(word).withoutBlanksBehind)
        if used > indent, used + bare > width { begin() }
        guard used + bare > width else { return append(String(word), style) }
        for character in word {
            if used > indent, used + TextWidth.columns(String(character)) > width { begin() }
            append(String(character), style)
        }
    }

    /// Ends a line, without the blanks that it ends with, and begins the next one.
    mutating func begin() {
        if let last = line.indices.last {
            line[last].text = line[last].text.withoutBlanksBehind
        }
        lines.append(line)
        line = indent > 0 ? [Span(String(repeating: " ", count: indent), .text)] : []
        used = indent
    }

    private mutating func append(_ text: String, _ style: Style) {
        if let last = line.indices.last, line[last].style == style {
            line[last].text += text
        } else {
            line.append(Span(text, style))
        }
        used += TextWidth.columns(text)
    }
}

extension String {
    fileprivate var withoutBlanksBehind: String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }
}
