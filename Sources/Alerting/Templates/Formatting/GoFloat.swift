// GoFloat: floating-point numbers as Go's strconv reads and writes them.
import Glibc
import PromQL

/// Reading and writing a float64: <https://pkg.go.dev/strconv>.
enum GoFloat {
    enum Fault: Error {
        case syntax
        case range

        /// The sentence of Go's `NumError` for that text.
        func message(_ text: String) -> String {
            let reason = self == .syntax ? "invalid syntax" : "value out of range"
            return "strconv.ParseFloat: parsing \(GoLiteral.quoted(text)): \(reason)"
        }
    }

    static func parse(_ text: String) -> Result<Double, Fault> {
        do throws(NumberSyntaxError) {
            return .success(try Double(go: text))
        } catch {
            return .failure(error.isOutOfRange ? .range : .syntax)
        }
    }

    /// The number as Go's `FormatFloat` writes it, in the form `e`, `f`, `g` or `x`.
    ///
    /// Without a precision it has as few digits as tell it from its neighbours.
    static func text(_ value: Double, form: Unicode.Scalar, precision: Int?) -> String {
        guard value.isFinite else {
            return value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
        }
        if form == "x" { return hexadecimal(value, precision: precision) }
        guard let precision else { return shortest(value, form: form) }
        return formatted(value, "%.*" + String(form), precision)
    }

    /// The shortest digits of the number, set in the form asked for.
    private static func shortest(_ value: Double, form: Unicode.Scalar) -> String {
        let (digits, point) = shortestDigits(value)
        let sign = value.sign == .minus ? "-" : ""
        let exponent = value == 0 ? 0 : point - 1
        let isScientific = form == "e" || (form == "g" && !(-4..<6).contains(exponent))
        return sign
            + (isScientific ? scientific(digits, exponent: exponent) : plain(digits, point: point))
    }

    private static func scientific(_ digits: [UInt8], exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        let fraction = digits.count > 1 ? "." + text.dropFirst() : ""
        return "\(text.prefix(1))\(fraction)e" + self.exponent(exponent)
    }

    /// With its sign and at least two digits.
    private static func exponent(_ value: Int) -> String {
        (value < 0 ? "-" : "+") + (abs(value) < 10 ? "0" : "") + String(abs(value))
    }

    private static func plain(_ digits: [UInt8], point: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        if point <= 0 {
            return digits == [0x30] ? "0" : "0." + String(repeating: "0", count: -point) + text
        }
        if point >= digits.count {
            return text + String(repeating: "0", count: point - digits.count)
        }
        return "\(text.prefix(point)).\(text.dropFirst(point))"
    }

    /// The digits without zeros at either end, and how many of them stand before the point.
    private static func shortestDigits(_ value: Double) -> (digits: [UInt8], point: Int) {
        let parts = abs(value).description.utf8.split(separator: UInt8(ascii: "e"))
        let number = parts.first.map { Array($0) } ?? []
        let exponent = parts.count > 1 ? Int(String(parts[1]) ?? "") ?? 0 : 0
        let whole = number.prefix { $0 != UInt8(ascii: ".") }
        var digits = whole + number.dropFirst(whole.count + 1)
        var point = whole.count + exponent
        while digits.count > 1, digits.first == 0x30 {
            digits.removeFirst()
            point -= 1
        }
        while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
        return (Array(digits), digits == [0x30] ? 0 : point)
    }

    private static func hexadecimal(_ value: Double, precision: Int?) -> String {
        // The significand alone, since C would show the smallest numbers with a leading zero.
        let significand = value == 0 ? value : value.significand.withSign(of: value)
        let text =
            precision.map { formatted(significand, "%.*a", $0) }
            ?? formatted(significand, "%a", nil)
        let mantissa = text.prefix { $0 != "p" }
        let power = value == 0 ? 0 : Int(value.exponent)
        // Rounded up to two, which C leaves so.
        guard mantissa.contains("0x2") else { return mantissa + "p" + exponent(power) }
        return mantissa.map { $0 == "2" ? "1" : String($0) }.joined() + "p" + exponent(power + 1)
    }

    /// What C's `printf` makes of the number.
    private static func formatted(_ value: Double, _ format: String, _ precision: Int?) -> String {
        let arguments: [any CVarArg] =
            precision.map { [Int32(clamping: $0), value] } ?? [value]
        return withVaList(arguments) { list in
            var buffer = [CChar](repeating: 0, count: 350 + (precision ?? 0))
            let count = vsnprintf(&buffer, buffer.count, format, list)
            let bytes = buffer.prefix(max(0, Int(count))).map { UInt8(bitPattern: $0) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}

extension Double {
    fileprivate func withSign(of other: Double) -> Double { other.sign == .minus ? -self : self }
}

extension UInt8 {
    var isDecimalDigit: Bool { (0x30...0x39).contains(self) }
    var isHexadecimalDigit: Bool { isDecimalDigit || (0x61...0x66).contains(self | 0x20) }
}
