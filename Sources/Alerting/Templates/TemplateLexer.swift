// TemplateLexer: cuts a template's text into tokens.

/// Cuts text and actions into tokens; the first fault is the last token.
struct TemplateLexer {
    private let bytes: [UInt8]
    private var position = 0
    private var start = 0
    private var line = 1
    private var parentheses = 0
    private var tokens: [TemplateToken] = []

    static func tokens(of text: String) -> [TemplateToken] {
        var lexer = TemplateLexer(bytes: Array(text.utf8))
        do throws(Fault) {
            try lexer.scan()
            lexer.emit(.end)
        } catch {
            lexer.tokens.append(
                TemplateToken(
                    kind: .fault, text: error.message, position: lexer.start, line: lexer.line))
        }
        return lexer.tokens
    }

    private struct Fault: Error {
        var message: String
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func scan() throws(Fault) {
        while let open = find("{{", from: position) {
            scanText(upTo: open)
            position = open + 2
            let trims = hasTrimMarker(at: position)
            if isAt("/*", position + (trims ? 2 : 0)) {
                position += trims ? 2 : 0
                skip()
                try scanComment()
            } else {
                emit(.leftDelimiter)
                if trims { position += 2 }
                skip()
                try scanAction()
            }
        }
        position = bytes.count
        if position > start { emit(.text) }
    }

    /// The text before an action, without the spaces that its trim marker takes away.
    private mutating func scanText(upTo open: Int) {
        position = open
        if hasTrimMarker(at: open + 2) {
            while position > start, isSpace(position - 1) { position -= 1 }
        }
        if position > start { emit(.text) }
        position = open
        skip()
    }

    private mutating func scanComment() throws(Fault) {
        guard let close = find("*/", from: position + 2) else {
            throw Fault(message: "unclosed comment")
        }
        position = close + 2
        guard let trims = closing(at: position) else {
            throw Fault(message: "comment ends before closing delimiter")
        }
        position += trims ? 4 : 2
        if trims { skipSpaces() }
        skip()
    }

    private mutating func scanAction() throws(Fault) {
        parentheses = 0
        while true {
            if let trims = closing(at: position) {
                guard parentheses == 0 else { throw Fault(message: "unclosed left paren") }
                position += trims ? 2 : 0
                skip()
                position += 2
                emit(.rightDelimiter)
                if trims { skipSpaces() }
                skip()
                return
            }
            try scanToken()
        }
    }

    private mutating func scanToken() throws(Fault) {
        guard let first = scalar(at: position) else { throw Fault(message: "unclosed action") }
        if isSpace(position) { return scanSpaces() }
        position += UTF8.width(first)
        switch first {
        case "=": emit(.assign)
        case ":":
            guard byte(position) == UInt8(ascii: "=") else { throw Fault(message: "expected :=") }
            position += 1
            emit(.declare)
        case "|": emit(.pipe)
        case "\"": try scanQuoted("\"", .string, "unterminated quoted string")
        case "'": try scanQuoted("'", .character, "unterminated character constant")
        case "`": try scanRawString()
        case "$": try scanName(.variable, alone: .variable)
        case "." where byte(position).map { !$0.isDecimalDigit } ?? false:
            try scanName(.field, alone: .dot)
        case ".", "+", "-", "0"..."9": try scanNumber()
        case "(":
            parentheses += 1
            emit(.leftParenthesis)
        case ")":
            parentheses -= 1
            guard parentheses >= 0 else { throw Fault(message: "unexpected right paren") }
            emit(.rightParenthesis)
        case _ where isNamePart(first): try scanWord()
        case _ where first.isASCII && GoLiteral.isPrintable(first): emit(.other)
        default:
            throw Fault(
                message: "unrecognized character in action: \(GoLiteral.codePoint(first))")
        }
    }

    /// A run of spaces, without the one that belongs to a closing trim marker.
    private mutating func scanSpaces() {
        skipSpaces()
        if closing(at: position - 1) == true { position -= 1 }
        if position > start { emit(.space) }
    }

    private mutating func scanQuoted(
        _ quote: Unicode.Scalar, _ kind: TemplateToken.Kind, _ fault: String
    ) throws(Fault) {
        while let next = byte(position), next != UInt8(ascii: "\n") {
            position += 1
            if next == UInt8(ascii: quote) { return emit(kind) }
            guard next == UInt8(ascii: "\\") else { continue }
            guard let escaped = scalar(at: position), escaped != "\n" else { break }
            position += UTF8.width(escaped)
        }
        throw Fault(message: fault)
    }

    private mutating func scanRawString() throws(Fault) {
        guard let close = find("`", from: position) else {
            throw Fault(message: "unterminated raw quoted string")
        }
        position = close + 1
        emit(.rawString)
    }

    /// A variable or field, whose first character has been read; `alone` where no name follows.
    private mutating func scanName(
        _ kind: TemplateToken.Kind, alone: TemplateToken.Kind
    ) throws(Fault) {
        if isAtTerminator { return emit(alone) }
        try scanNameParts()
        emit(kind)
    }

    private mutating func scanWord() throws(Fault) {
        try scanNameParts()
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "nil": emit(.null)
        case "true", "false": emit(.bool)
        default: emit(TemplateKeyword(rawValue: word).map { .keyword($0) } ?? .identifier)
        }
    }

    private mutating func scanNameParts() throws(Fault) {
        while let next = scalar(at: position), isNamePart(next) { position += UTF8.width(next) }
        guard !isAtTerminator, let bad = scalar(at: position) else { return }
        throw Fault(message: "bad character \(GoLiteral.codePoint(bad))")
    }

    /// Takes whatever looks like a number; the parser judges what it means.
    private mutating func scanNumber() throws(Fault) {
        position = start
        try scanNumberParts()
        guard accept("+-") else { return emit(.number) }
        position -= 1
        try scanNumberParts()
        guard byte(position - 1) == UInt8(ascii: "i") else { throw badNumber }
        emit(.complex)
    }

    private mutating func scanNumberParts() throws(Fault) {
        _ = accept("+-")
        var digits = "0123456789_"
        if accept("0") {
            if accept("xX") {
                digits = "0123456789abcdefABCDEF_"
            } else if accept("oO") {
                digits = "01234567_"
            } else if accept("bB") {
                digits = "01_"
            }
        }
        while accept(digits) {}
        if accept(".") { while accept(digits) {} }
        let exponent = digits.utf8.count == 11 ? "eE" : digits.utf8.count == 23 ? "pP" : ""
        if accept(exponent) {
            _ = accept("+-")
            while accept("0123456789_") {}
        }
        _ = accept("i")
        guard let next = scalar(at: position), isNamePart(next) else { return }
        position += UTF8.width(next)
        throw badNumber
    }

    private var badNumber: Fault {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        return Fault(message: "bad number syntax: \(GoLiteral.quoted(text))")
    }
}

extension TemplateLexer {
    private mutating func emit(_ kind: TemplateToken.Kind) {
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        tokens.append(TemplateToken(kind: kind, text: text, position: start, line: line))
        skip()
    }

    /// Leaves everything before the position behind.
    private mutating func skip() {
        for byte in bytes[start..<position] where byte == UInt8(ascii: "\n") { line += 1 }
        start = position
    }

    private mutating func skipSpaces() {
        while isSpace(position) { position += 1 }
    }

    private mutating func accept(_ set: String) -> Bool {
        guard let next = byte(position), set.utf8.contains(next) else { return false }
        position += 1
        return true
    }

    /// Whether an action closes here, and if so, whether it trims the text after it.
    private func closing(at index: Int) -> Bool? {
        if isAt("}}", index) { return false }
        let trims = isSpace(index) && byte(index + 1) == UInt8(ascii: "-")
        return trims && isAt("}}", index + 2) ? true : nil
    }

    private func hasTrimMarker(at index: Int) -> Bool {
        byte(index) == UInt8(ascii: "-") && isSpace(index + 1)
    }

    /// Whether a name may end here.
    private var isAtTerminator: Bool {
        guard let next = byte(position) else { return true }
        return isSpace(position) || ".,|:()".utf8.contains(next) || isAt("}}", position)
    }

    private func byte(_ index: Int) -> UInt8? {
        bytes.indices.contains(index) ? bytes[index] : nil
    }

    private func isAt(_ text: String, _ index: Int) -> Bool {
        index >= 0 && bytes.dropFirst(index).starts(with: text.utf8)
    }

    private func find(_ text: String, from index: Int) -> Int? {
        guard let first = text.utf8.first, index <= bytes.count else { return nil }
        return bytes[index...].indices.first { bytes[$0] == first && isAt(text, $0) }
    }

    private func isSpace(_ index: Int) -> Bool {
        byte(index).map { " \t\r\n".utf8.contains($0) } ?? false
    }

    private func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar)
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber:
            return true
        default: return false
        }
    }

    private func scalar(at index: Int) -> Unicode.Scalar? {
        guard let first = byte(index) else { return nil }
        if first < 0x80 { return Unicode.Scalar(first) }
        let rest = bytes[index..<min(index + 4, bytes.count)]
        return String(decoding: rest, as: UTF8.self).unicodeScalars.first
    }
}
