// TraceID: 16 or 32 lower-case hex digits.

/// A 128-bit id whose first half is zero is the same as the 64-bit one.
struct TraceID: Hashable, Sendable {
    static let notHex = "should be lower-hex encoded with no prefix"

    let text: String

    init(_ text: String, context: String = "") throws(ZipkinRefusal) {
        guard !text.isEmpty, text.count <= 32 else {
            throw ZipkinRefusal(text: "traceId.length > 32\(context)")
        }
        guard Self.isLowerHex(text) else {
            throw ZipkinRefusal(text: "\(text) \(Self.notHex)\(context)")
        }
        guard text.contains(where: { $0 != "0" }) else {
            throw ZipkinRefusal(text: "traceId is all zeros\(context)")
        }
        let width = text.count > 16 ? 32 : 16
        let padded = String(repeating: "0", count: width - text.count) + text
        let isShort = width == 32 && padded.prefix(16).allSatisfy { $0 == "0" }
        self.text = isShort ? String(padded.suffix(16)) : padded
    }

    static func isLowerHex(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
    }
}
