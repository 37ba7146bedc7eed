// Lexer, numbers: where a number or a duration ends.

extension Lexer {
    mutating func numberOrDuration() throws(Complaint) -> Token {
        if scanNumber() { return word(.number) }
        if scanUnits() { return word(.duration) }
        throw complaint("bad number or duration syntax: \(scanned.quoted)")
    }

    mutating func number() throws(Complaint) -> Token {
        guard scanNumber() else { throw complaint("bad number syntax: \(scanned.quoted)") }
        return word(.number)
    }

    private var scanned: String { String(decoding: text[start..<position], as: UTF8.self) }

    /// Reads a number in any notation; false where it is none, having read up to what is wrong.
    ///
    /// It may still be no number, like `0x`: that is found where its value is read.
    private mutating func scanNumber() -> Bool {
        let begin = position
        var isHexadecimal = false
        // In series, `0x3` is zero three times.
        if !isSeries, accept("0"), accept(anyOf: "xX") {
            isHexadecimal = true
            _ = accept("_")
        }
        _ = accept(".")
        acceptDigit(isHexadecimal)
        guard scanDigits(isHexadecimal), position > begin else { return false }
        guard let next = peek else { return true }
        return (isSeries && next == UInt8(ascii: "x")) || !(next.isLetter || next.isDigit)
    }

    private mutating func acceptDigit(_ isHexadecimal: Bool) {
        if let next = peek, next.digit(base: isHexadecimal ? 16 : 10) != nil { position += 1 }
    }

    /// Reads digits, one dot, one exponent and underscores; false at what may not follow.
    ///
    /// An `e` is an exponent before it is a hexadecimal digit: Prometheus refuses `0x1e` at the end.
    private mutating func scanDigits(_ isHexadecimal: Bool) -> Bool {
        var hasDot = false
        var hasExponent = false
        while let next = peek {
            if next == UInt8(ascii: ".") {
                position += 1
                guard !hasDot, !accept(anyOf: "_."), !isHexadecimal else { return false }
                hasDot = true
            } else if next | 0x20 == UInt8(ascii: "e") {
                position += 1
                guard !hasExponent else { return false }
                hasExponent = true
                _ = accept(anyOf: "+-")
                guard !accept(anyOf: "._eE"), peek != nil else { return false }
            } else if next == UInt8(ascii: "_") {
                position += 1
                guard !accept(anyOf: "._eE"), peek != nil else { return false }
            } else if next.digit(base: isHexadecimal ? 16 : 10) != nil {
                while peek?.digit(base: isHexadecimal ? 16 : 10) != nil { position += 1 }
            } else {
                return true
            }
        }
        return true
    }

    /// Reads the unit behind a number, and further numbers with units.
    private mutating func scanUnits() -> Bool {
        guard accept(anyOf: "smhdwy") else { return false }
        // The second letter of `ms`; `hs` is refused where the duration is read.
        _ = accept("s")
        while peek?.isDigit == true {
            while peek?.isDigit == true { position += 1 }
            guard accept(anyOf: "smhdw") else { return false }
            _ = accept("s")
        }
        guard let next = peek, next.isLetter || next.isDigit else { return true }
        position += 1
        return false
    }
}
