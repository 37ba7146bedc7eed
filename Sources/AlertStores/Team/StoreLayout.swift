// StoreLayout: under which keys a team's store keeps what.

/// Documents under `book/` are followed; who observes and who leads is asked for, and not followed.
struct StoreLayout: Hashable, Sendable {
    let prefix: String

    init(prefix: String?) {
        var prefix = prefix ?? "clawtop/"
        while prefix.hasPrefix("/") { prefix.removeFirst() }
        if !prefix.isEmpty, !prefix.hasSuffix("/") { prefix += "/" }
        self.prefix = prefix
    }

    var book: String { "\(prefix)book/" }
    var observers: String { "\(prefix)observers/" }
    var leader: String { "\(prefix)leader" }

    private var alerts: String { "\(book)alerts/" }
    private var mutes: String { "\(book)mutes/" }

    func key(ofAlert fingerprint: String) -> String { alerts + fingerprint.keySegment }
    func key(ofMute id: String) -> String { mutes + id.keySegment }
    func key(ofObserver observer: String) -> String { observers + observer.keySegment }

    func isAlert(_ key: String) -> Bool { key.hasPrefix(alerts) }
    func isMute(_ key: String) -> Bool { key.hasPrefix(mutes) }
}

extension String {
    /// Safe as one part of a key: letters, digits, `-`, `.` and `@` are themselves, others `_` and
    /// two digits, for Consul's paths know slashes, percents and dots of their own.
    fileprivate var keySegment: String {
        utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "@"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "."):
                text += text.isEmpty ? "_2e" : "."
            default:
                let digits = String(byte, radix: 16)
                text += digits.count == 1 ? "_0\(digits)" : "_\(digits)"
            }
        }
    }
}
