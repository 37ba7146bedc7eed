// NumberText: numbers as Prometheus writes them into labels and remarks.
import Events
import Glibc

extension Double {
    /// The shortest digits that mean this number, as Go's `%g` and `%v`: with an exponent below 1e-04
    /// and from 1e+06.
    var general: String {
        let (digits, exponent) = shortest
        guard isFinite, self != 0, exponent < -3 || exponent > 6 else { return prometheus }
        let fraction = digits.dropFirst()
        let power = abs(exponent - 1)
        let sign = self.sign == .minus ? "-" : ""
        return sign + digits.prefix(1) + (fraction.isEmpty ? "" : ".\(fraction)")
            + (exponent > 0 ? "e+" : "e-") + (power < 10 ? "0" : "") + "\(power)"
    }

    /// Two significant digits, as C's `%.2g`.
    var twoDigits: String {
        guard isFinite else { return general }
        var text = [CChar](repeating: 0, count: 32)
        let count = withVaList([self]) { vsnprintf(&text, text.count, "%.2g", $0) }
        return String(decoding: text.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The number as 0.DIGITS times ten to the exponent; no digits for 0.
    private var shortest: (digits: String, exponent: Int) {
        guard isFinite, self != 0 else { return ("", 0) }
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".")
        let whole = mantissa[0] == "0" ? "" : String(mantissa[0])
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let digits = (whole + fraction).drop { $0 == "0" }
        let leading = whole.isEmpty ? fraction.count - digits.count : 0
        let kept = String(digits.reversed().drop { $0 == "0" }.reversed())
        return (kept, whole.count - leading + power)
    }
}
