// ExpositionParser, sample: labels, value, timestamp and exemplar of one line.

extension ExpositionParser {
    /// The sample whose first token was read: its name, or a brace.
    mutating func sample(withBraces isOpen: Bool) throws(ExpositionFault) -> Line {
        let first = lexer.token.lowerBound
        parts.removeAll(keepingCapacity: true)
        var end = lexer.place
        if isOpen {
            try readLabels()
            end = lexer.place
        }
        var token = lexer.next()
        if token == .braceOpen, !isOpen {
            try readLabels()
            end = lexer.place
            token = lexer.next()
        }
        guard metricName != nil else {
            throw ExpositionFault(message: "metric name not set \(whileParsing)")
        }
        let value = try number(token, after: "metric")
        return Line(series: first..<end, value: value, timestamp: try restOfLine())
    }

    /// Up to the closing brace; a quoted word without a value is the metric's name.
    private mutating func readLabels() throws(ExpositionFault) {
        var token = lexer.next()
        while token != .braceClose {
            guard token == .labelName || token == .quoted else {
                throw unexpected(token, "expected label name")
            }
            let name = unquoted(lexer.token)
            let isQuoted = token == .quoted
            token = lexer.next()
            if token == .comma || token == .braceClose {
                guard metricName == nil else {
                    throw ExpositionFault(message: "metric name already set \(whileParsing)")
                }
                guard isQuoted else { throw unexpected(token, "expected equal") }
                metricName = name
                if token == .comma { token = lexer.next() }
                continue
            }
            parts.append(Part(name: name, value: try labelValue(token)))
            token = lexer.next()
            if token == .comma {
                token = lexer.next()
            } else if lexer.format == .openMetrics, token != .braceClose {
                throw unexpected(token, "expected comma or brace close")
            }
        }
    }

    /// The value behind an equals sign, which is `token`.
    private mutating func labelValue(
        _ token: ExpositionToken
    ) throws(ExpositionFault) -> Range<Int> {
        guard token == .equal else { throw unexpected(token, "expected equal") }
        let value = lexer.next()
        guard value == .labelValue else { throw unexpected(value, "expected label value") }
        return unquoted(lexer.token)
    }

    private mutating func number(
        _ token: ExpositionToken, after what: String
    ) throws(ExpositionFault) -> Double {
        guard token == .value else { throw unexpected(token, "expected value after \(what)") }
        return try reading { (bytes) throws(ExpositionFault) in try ExpositionNumber.value(bytes) }
    }

    /// Reads the newest token, without the space that OpenMetrics has in front of it.
    private func reading<Number>(
        _ read: (ArraySlice<UInt8>) throws(ExpositionFault) -> Number
    ) throws(ExpositionFault) -> Number {
        let bytes = lexer.bytes[lexer.token]
        do throws(ExpositionFault) {
            return try read(lexer.format == .openMetrics ? bytes.dropFirst() : bytes)
        } catch {
            throw ExpositionFault(message: "\(error.message) \(whileParsing)")
        }
    }

    /// Behind the value: a timestamp in milliseconds, where there is one.
    private mutating func restOfLine() throws(ExpositionFault) -> Int64? {
        var token = lexer.next()
        var timestamp: Int64?
        if token == .timestamp {
            let format = lexer.format
            timestamp = try reading { (bytes) throws(ExpositionFault) in
                format == .text
                    ? try ExpositionNumber.milliseconds(bytes)
                    : try ExpositionNumber.seconds(bytes)
            }
            token = lexer.next()
        }
        if token == .comment { token = try exemplar() }
        if token == .endOfInput, lexer.format == .openMetrics { throw Self.truncated }
        guard token == .lineBreak else {
            let alternative = lexer.format == .text ? "new record" : "# symbol"
            throw unexpected(
                token,
                timestamp != nil
                    ? "expected next entry after timestamp"
                    : "expected timestamp or \(alternative)")
        }
        return timestamp
    }

    /// An exemplar must be well formed, and is left out; returns what stands behind it.
    private mutating func exemplar() throws(ExpositionFault) -> ExpositionToken {
        let (name, parts) = (metricName, parts)
        defer { (metricName, self.parts) = (name, parts) }
        // Only a metric may be named without a value.
        metricName = 0..<0
        try readLabels()
        _ = try number(lexer.next(), after: "exemplar labels")
        let token = lexer.next()
        guard token == .timestamp else { return token }
        _ = try reading { (bytes) throws(ExpositionFault) in try ExpositionNumber.seconds(bytes) }
        return lexer.next()
    }
}
