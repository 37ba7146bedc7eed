// JSONScanner: reads a long JSON document byte by byte and keeps only what is asked for.

/// Walks over a document once, from left to right; what nobody asks for is skipped without a copy.
///
/// Consul's health lists have up to 100,000 checks of which eight fields matter: this is five to
/// eight times as fast as decoding them whole. Any bytes may come: they end in a ``JSONError``.
struct JSONScanner {
    let bytes: [UInt8]
    var offset = 0
    /// Objects and arrays around `offset`.
    private var depth = 0
    private static let depthLimit = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What a value is, by its first byte.
    enum Kind {
        case object, array, string, literal, null
    }

    mutating func kind() throws(JSONError) -> Kind {
        skipSpace()
        switch try byte("should begin a value") {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"),
            UInt8(ascii: "f"):
            return .literal
        default: throw error("should begin a value")
        }
    }

    /// Nothing but space may be left.
    mutating func end() throws(JSONError) {
        skipSpace()
        guard offset == bytes.count else { throw error("should be the end") }
    }

    /// Calls `read` at each element, which it must read or skip; null has none.
    mutating func array(
        _ read: (inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        if try takeNull() { return }
        try open(UInt8(ascii: "["), "should begin an array")
        if take(UInt8(ascii: "]")) { return depth -= 1 }
        repeat {
            try read(&self)
        } while take(UInt8(ascii: ","))
        try close(UInt8(ascii: "]"), "should be a comma or the array's end")
    }

    /// Calls `read` with each name, before its value, which it must read or skip; null has none.
    mutating func object(
        _ read: (JSONName, inout JSONScanner) throws(JSONError) -> Void
    ) throws(JSONError) {
        if try takeNull() { return }
        try open(UInt8(ascii: "{"), "should begin an object")
        if take(UInt8(ascii: "}")) { return depth -= 1 }
        repeat {
            skipSpace()
            let name = JSONName(try quoted())
            guard take(UInt8(ascii: ":")) else { throw error("should be a colon") }
            try read(name, &self)
        } while take(UInt8(ascii: ","))
        try close(UInt8(ascii: "}"), "should be a comma or the object's end")
    }

    /// Passes over one value of any kind.
    mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object: try object { (_, scanner) throws(JSONError) in try scanner.skip() }
        case .array: try array { (scanner) throws(JSONError) in try scanner.skip() }
        case .string: _ = try quoted()
        case .literal, .null: _ = try literal()
        }
    }

    /// A number, true, false or null, as it is written.
    mutating func literal() throws(JSONError) -> String {
        skipSpace()
        let start = offset
        while offset < bytes.count, Self.isOfLiteral(bytes[offset]) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard ["null", "true", "false"].contains(text) || Double(text) != nil else {
            offset = start
            throw error("should begin a value")
        }
        return text
    }

    /// A number without sign, fraction and exponent; null is 0.
    mutating func unsigned() throws(JSONError) -> UInt64 {
        if try takeNull() { return 0 }
        skipSpace()
        let start = offset
        var number: UInt64 = 0
        while offset < bytes.count, case let digit = bytes[offset] &- UInt8(ascii: "0"), digit < 10
        {
            let (tens, over) = number.multipliedReportingOverflow(by: 10)
            let (sum, more) = tens.addingReportingOverflow(UInt64(digit))
            guard !over, !more else { throw error("makes a number too large") }
            number = sum
            offset += 1
        }
        guard offset > start else { throw error("should begin a whole number") }
        return number
    }

    mutating func takeNull() throws(JSONError) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "n") else { return false }
        _ = try literal()
        return true
    }

    /// The bytes between two quotes, as they are written.
    mutating func quoted() throws(JSONError) -> JSONQuoted {
        guard try byte("should begin a string") == UInt8(ascii: "\"") else {
            throw error("should begin a string")
        }
        let start = offset + 1
        var isEscaped = false
        offset = start
        while true {
            offset = bytes.firstQuoteOrBackslash(from: offset)
            guard offset < bytes.count else {
                throw JSONError(offset: start - 1, reason: "begins a string that does not end")
            }
            offset += 1
            if bytes[offset - 1] == UInt8(ascii: "\"") { break }
            isEscaped = true
            offset = min(offset + 1, bytes.count)
        }
        return JSONQuoted(bytes: bytes[start..<offset - 1], isEscaped: isEscaped)
    }

    func error(_ reason: String) -> JSONError {
        JSONError(offset: offset, reason: reason)
    }

    private func byte(_ reason: String) throws(JSONError) -> UInt8 {
        guard offset < bytes.count else {
            throw JSONError(offset: offset, reason: "is the end of a document cut short")
        }
        return bytes[offset]
    }

    mutating func skipSpace() {
        while offset < bytes.count, bytes[offset] <= 0x20 { offset += 1 }
    }

    /// Whether the next byte that is no space is `wanted`, and has been passed.
    private mutating func take(_ wanted: UInt8) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == wanted else { return false }
        offset += 1
        return true
    }

    private mutating func open(_ bracket: UInt8, _ reason: String) throws(JSONError) {
        skipSpace()
        guard try byte(reason) == bracket else { throw error(reason) }
        guard depth < Self.depthLimit else { throw error("is nested too deep") }
        depth += 1
        offset += 1
    }

    private mutating func close(_ bracket: UInt8, _ reason: String) throws(JSONError) {
        skipSpace()
        guard try byte(reason) == bracket else { throw error(reason) }
        depth -= 1
        offset += 1
    }

    private static func isOfLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension [UInt8] {
    /// The next `"` or `\`, else the end; eight bytes at a time.
    fileprivate func firstQuoteOrBackslash(from start: Int) -> Int {
        withUnsafeBytes { raw in
            var offset = start
            while offset + 8 <= raw.count {
                let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let found =
                    Self.zeroes(word ^ 0x2222_2222_2222_2222)
                    | Self.zeroes(word ^ 0x5C5C_5C5C_5C5C_5C5C)
                if found != 0 {
                    return offset + UInt64(littleEndian: found).trailingZeroBitCount / 8
                }
                offset += 8
            }
            while offset < raw.count, raw[offset] != 0x22, raw[offset] != 0x5C { offset += 1 }
            return offset
        }
    }

    /// The high bit of each byte that is zero; of higher bytes too, which does not matter here.
    private static func zeroes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}
