// ExpositionLexer: an exposition's bytes cut into tokens.

/// What a byte means depends on what came before: the lexer is always in a state.
///
/// Where nothing fits, ``place`` stays at the byte that does not: messages show it.
struct ExpositionLexer {
    enum State {
        case lineStart
        case comment, metadataName, metadataText
        case labels, labelValue
        case value, timestamp
        /// OpenMetrics only.
        case exemplar, exemplarValue, exemplarTimestamp
    }

    let bytes: [UInt8]
    let format: ExpositionFormat
    var state = State.lineStart
    /// Where the newest token begins.
    private(set) var start = 0
    /// Behind the newest token.
    var place = 0

    /// A last line without its line feed is a line, too, but not in OpenMetrics.
    init(_ bytes: [UInt8], _ format: ExpositionFormat) {
        self.format = format
        self.bytes = format == .text && bytes.last != .lineFeed ? bytes + [.lineFeed] : bytes
    }

    var token: Range<Int> { start..<place }

    /// The byte at ``place``; nil at the end.
    var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func next() -> ExpositionToken {
        if format == .text { skipBlanks() }
        start = place
        guard let byte else { return .endOfInput }
        switch state {
        case .lineStart: return atLineStart(byte)
        case .comment: return inComment()
        case .metadataName: return metadataName(byte)
        case .metadataText: return metadataText()
        case .labels, .exemplar: return inLabels(byte)
        case .labelValue: return quotedValue(then: .labels)
        case .exemplarValue:
            return byte == .quote ? quotedValue(then: .exemplar) : number(then: .exemplarTimestamp)
        case .value:
            return byte == .braceOpen ? open(.labels) : number(then: .timestamp)
        case .timestamp, .exemplarTimestamp: return behindValue(byte)
        }
    }

    private mutating func atLineStart(_ byte: UInt8) -> ExpositionToken {
        switch byte {
        case .lineFeed where format == .text:
            place += 1
            return .lineBreak
        case .hash:
            place += 1
            if format == .openMetrics {
                guard take(.space) else { return .invalid }
            } else if self.byte.map(\.isBlank) != true {
                return restOfComment()
            }
            skipBlanks()
            state = .comment
            return inComment()
        case .braceOpen: return open(.labels)
        case _ where byte.isNameStart || byte == .colon:
            takeName()
            state = .value
            return .metricName
        default: return .invalid
        }
    }

    private mutating func metadataName(_ byte: UInt8) -> ExpositionToken {
        if byte == .quote {
            guard takeQuoted(acrossLines: true) else { return .invalid }
        } else {
            guard byte.isNameStart || byte == .colon else { return .invalid }
            takeName()
        }
        state = .metadataText
        return .metricName
    }

    private mutating func inLabels(_ byte: UInt8) -> ExpositionToken {
        let isExemplar = state == .exemplar
        switch byte {
        case .quote:
            return takeQuoted(acrossLines: !isExemplar) ? .quoted : .invalid
        case .braceClose:
            place += 1
            state = isExemplar ? .exemplarValue : .value
            return .braceClose
        case .equal:
            place += 1
            state = isExemplar ? .exemplarValue : .labelValue
            return .equal
        case .comma:
            place += 1
            return .comma
        case _ where byte.isNameStart:
            takeName(withColons: false)
            return .labelName
        default: return .invalid
        }
    }

    private mutating func quotedValue(then state: State) -> ExpositionToken {
        guard byte == .quote, takeQuoted(acrossLines: format == .text) else { return .invalid }
        self.state = state
        return .labelValue
    }

    private mutating func open(_ state: State) -> ExpositionToken {
        place += 1
        self.state = state
        return .braceOpen
    }
}

extension ExpositionLexer {
    /// Takes the byte if it is this one.
    mutating func take(_ wanted: UInt8) -> Bool {
        guard byte == wanted else { return false }
        place += 1
        return true
    }

    /// Takes these bytes, or as many of them as are there.
    mutating func take(_ words: StaticString) -> Bool {
        words.withUTF8Buffer { $0.allSatisfy { take($0) } }
    }

    mutating func skipBlanks() {
        guard format == .text, state != .metadataText else { return }
        while let byte, byte.isBlank { place += 1 }
    }

    mutating func takeName(withColons: Bool = true) {
        while let byte, byte.isNamePart || (withColons && byte == .colon) { place += 1 }
    }

    /// A string with its quotation marks; a backslash may stand before any byte but a line feed.
    mutating func takeQuoted(acrossLines: Bool) -> Bool {
        place += 1
        while let byte {
            switch byte {
            case .quote:
                place += 1
                return true
            case .backslash:
                place += 1
                guard self.byte != .lineFeed else { return false }
            case .lineFeed where !acrossLines: return false
            default: break
            }
            place += 1
        }
        place = bytes.count
        return false
    }

    mutating func takeRestOfLine() {
        while let byte, byte != .lineFeed { place += 1 }
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let hash = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")
    static let equal = UInt8(ascii: "=")
    static let braceOpen = UInt8(ascii: "{")
    static let braceClose = UInt8(ascii: "}")

    var isBlank: Bool { self == .space || self == UInt8(ascii: "\t") }
    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    var isNameStart: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 || self == UInt8(ascii: "_") }
    var isNamePart: Bool { isNameStart || isDigit }
}
