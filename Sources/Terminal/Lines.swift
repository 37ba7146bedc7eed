// Lines: bytes as they come, as whole lines of text.

struct Lines: Sendable {
    private var rest: [UInt8] = []
    private static let longest = 4096

    /// The lines that `bytes` complete; one that does not end is cut.
    mutating func add(_ bytes: [UInt8]) -> [String] {
        rest += bytes
        var pieces = rest.split(separator: 0x0A, omittingEmptySubsequences: false)
        let last = pieces.popLast() ?? []
        rest = last.count < Self.longest ? Array(last) : []
        if rest.isEmpty, !last.isEmpty { pieces.append(last) }
        return pieces.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
    }
}
