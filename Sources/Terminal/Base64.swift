// Base64: what a terminal wants its clipboard in; FoundationEssentials is not loaded for it.

enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 3).flatMap { start -> [UInt8] in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            let text = (0..<4).map { digits[bits >> (18 - 6 * $0) & 63] }
            let padding = Array(repeating: UInt8(ascii: "="), count: 3 - group.count)
            return text.prefix(group.count + 1) + padding
        }
    }
}
