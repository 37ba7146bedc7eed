// Words: what several feeds write in notes and in paths.
import Network

extension Int {
    /// `1 saga`, `11,240 spans`.
    func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }

    /// With a comma before each three digits.
    var grouped: String {
        var digits = Array(String(magnitude).reversed())
        for place in stride(from: digits.count / 3 * 3, to: 0, by: -3) where place < digits.count {
            digits.insert(",", at: place)
        }
        return (self < 0 ? "-" : "") + String(digits.reversed())
    }
}

extension String {
    /// A key as a path: its slashes stay.
    package var keyPath: String {
        split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.percentEncoded() }.joined(separator: "/")
    }
}
