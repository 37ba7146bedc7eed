// Paste: what comes between the terminal's marks around a pasted text.

struct Paste: Sendable {
    /// Set once the closing mark has come.
    private(set) var text: String?
    private var bytes: [UInt8] = []

    /// Nobody pastes more into a filter; the rest is passed over.
    private static let most = 1 << 20
    private static let end = Array("\u{1B}[201~".utf8)

    /// Takes what certainly belongs to the paste, and counts it.
    mutating func take(_ arrived: ArraySlice<UInt8>) -> Int {
        var rest = arrived
        while let escape = rest.firstIndex(of: 0x1B) {
            let tail = arrived[escape...]
            if tail.starts(with: Self.end) {
                add(arrived[..<escape])
                text = String(decoding: bytes, as: UTF8.self)
                return escape - arrived.startIndex + Self.end.count
            }
            if Self.end.starts(with: tail) {
                add(arrived[..<escape])
                return escape - arrived.startIndex
            }
            rest = arrived[(escape + 1)...]
        }
        add(arrived)
        return arrived.count
    }

    /// Terminals send a line's end as the Enter key would.
    private mutating func add(_ more: ArraySlice<UInt8>) {
        let room = max(0, Self.most - bytes.count)
        bytes += more.prefix(room).lazy.map { $0 == 0x0D ? 0x0A : $0 }
    }
}
