// ExpositionLexer, lines: comments, metadata and what stands behind the labels, in each format.

extension ExpositionLexer {
    /// Behind `# `: metadata, or anything up to the end of the line, which only text allows.
    mutating func inComment() -> ExpositionToken {
        switch format {
        case .text:
            if takeWord("HELP") { return metadata(.help) }
            if takeWord("TYPE") { return metadata(.type) }
            return restOfComment()
        case .openMetrics:
            if takeWord("HELP") { return metadata(.help) }
            if takeWord("TYPE") { return metadata(.type) }
            if takeWord("UNIT") { return metadata(.unit) }
            guard take("EOF") else { return .invalid }
            _ = take(.lineFeed)
            state = .lineStart
            return .endMark
        }
    }

    /// Up to the line feed, which is a token of its own.
    mutating func restOfComment() -> ExpositionToken {
        takeRestOfLine()
        state = .lineStart
        return .comment
    }

    /// The text behind a name, with the blank between them; in OpenMetrics with the line feed, too.
    mutating func metadataText() -> ExpositionToken {
        if format == .openMetrics {
            guard take(.space) else { return .invalid }
            takeRestOfLine()
            guard take(.lineFeed) else { return .invalid }
        } else {
            takeRestOfLine()
        }
        state = .lineStart
        return .text
    }

    /// A value: what it means is not the lexer's business.
    mutating func number(then state: State) -> ExpositionToken {
        switch format {
        case .text:
            while let byte, !byte.isBlank, byte != .lineFeed, byte != .braceOpen { place += 1 }
        case .openMetrics:
            guard take(.space) else { return .invalid }
            let first = place
            takeUntilSpace()
            if place == first { return .invalid }
        }
        guard place > start else { return .invalid }
        self.state = state
        return .value
    }

    /// A timestamp, an exemplar, or the end of the line.
    mutating func behindValue(_ byte: UInt8) -> ExpositionToken {
        if byte == .lineFeed {
            place += 1
            state = .lineStart
            return .lineBreak
        }
        if format == .text {
            while let byte = self.byte, byte.isDigit { place += 1 }
            return place > start ? .timestamp : .invalid
        }
        if state == .timestamp, bytes[place...].starts(with: " # {".utf8) {
            place += 4
            state = .exemplar
            return .comment
        }
        guard take(.space) else { return .invalid }
        let first = place
        takeUntilSpace()
        return place > first ? .timestamp : .invalid
    }

    private mutating func metadata(_ token: ExpositionToken) -> ExpositionToken {
        state = .metadataName
        return token
    }

    /// A word with a blank behind it.
    private mutating func takeWord(_ word: StaticString) -> Bool {
        let before = place
        let isThere = take(word)
        if isThere, let byte, format == .text ? byte.isBlank : byte == .space {
            place += 1
            return true
        }
        place = before
        return false
    }

    private mutating func takeUntilSpace() {
        while let byte, byte != .space, byte != .lineFeed { place += 1 }
    }
}
