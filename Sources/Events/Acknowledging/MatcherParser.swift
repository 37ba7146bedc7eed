// MatcherParser: walks over the text of a list of matchers, once.

/// Reads the notation of <https://prometheus.io/docs/alerting/latest/configuration/#matcher>.
struct MatcherParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var offset = 0

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    mutating func list() throws(MatcherError) -> [LabelMatcher] {
        skipSpace()
        let isBraced = take("{")
        var matchers = [try matcher(isBraced)]
        while take(",") {
            skipSpace()
            // A comma may follow the last one.
            if next == nil || next == "}" { break }
            matchers.append(try matcher(isBraced))
        }
        if isBraced, !take("}") { throw error("a comma or } should stand here") }
        skipSpace()
        guard next == nil else {
            throw error(next == "}" ? "this } closes nothing" : "a comma should stand here")
        }
        return matchers
    }

    private var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    /// One matcher and the space around it.
    private mutating func matcher(_ isBraced: Bool) throws(MatcherError) -> LabelMatcher {
        skipSpace()
        let name = try name()
        skipSpace()
        let sign = try sign()
        skipSpace()
        let value = next == "\"" ? try quoted() : try bareValue(isBraced)
        skipSpace()
        return LabelMatcher(name, value, isRegex: sign.isRegex, isEqual: sign.isEqual)
    }

    private mutating func name() throws(MatcherError) -> String {
        let start = offset
        let name = next == "\"" ? try quoted() : bareName()
        guard name.isEmpty else { return name }
        throw error("a label's name should stand here", at: start)
    }

    private mutating func bareName() -> String {
        let start = offset
        while let next, next.isPlainInMatcher { offset += 1 }
        return string(start..<offset)
    }

    private mutating func sign() throws(MatcherError) -> (isRegex: Bool, isEqual: Bool) {
        if take("=") { return (take("~"), true) }
        if take("!") {
            if take("=") { return (false, false) }
            if take("~") { return (true, false) }
        }
        throw error("one of =, !=, =~ and !~ should stand here")
    }

    /// A text in quotes; a backslash that escapes nothing stands for itself.
    private mutating func quoted() throws(MatcherError) -> String {
        let start = offset
        offset += 1
        while let next, next != "\"" { offset += next == "\\" ? 2 : 1 }
        guard offset < scalars.count else {
            throw error("this quotation mark has no second one", at: start)
        }
        offset += 1
        return unescaped(start + 1..<offset - 1)
    }

    /// A value without quotes ends before a comma, or the brace that closes the list.
    private mutating func bareValue(_ isBraced: Bool) throws(MatcherError) -> String {
        if let next, "=~!'`".unicodeScalars.contains(next) {
            throw error("a value that begins so should stand in double quotes")
        }
        let start = offset
        var braces: [Int] = []
        while let next, next != "," || !braces.isEmpty {
            switch next {
            case "{": braces.append(offset)
            case "}" where !braces.isEmpty: braces.removeLast()
            case "}" where isBraced: return trimmed(start)
            case "}": throw error("this } closes nothing")
            case "=": throw error("a comma is missing before this, or quotes around the value")
            case "\"": throw error("a quotation mark within a value should be escaped: \\\"")
            default: break
            }
            offset += next == "\\" ? 2 : 1
        }
        if let open = braces.last { throw error("this { has no }", at: open) }
        return trimmed(start)
    }

    /// The value since `start` without the space behind it.
    private mutating func trimmed(_ start: Int) -> String {
        offset = min(offset, scalars.count)
        var end = offset
        while end > start, scalars[end - 1].properties.isWhitespace { end -= 1 }
        return unescaped(start..<end)
    }

    private func unescaped(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        var rest = scalars[range]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let escaped = rest.first, "\\\"n".unicodeScalars.contains(escaped)
            else {
                result.append(scalar)
                continue
            }
            rest.removeFirst()
            result.append(escaped == "n" ? "\n" : escaped)
        }
        return String(result)
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let next, next.properties.isWhitespace { offset += 1 }
    }

    private func error(_ reason: String, at place: Int? = nil) -> MatcherError {
        MatcherError(text: text, column: min(place ?? offset, scalars.count) + 1, reason: reason)
    }
}
