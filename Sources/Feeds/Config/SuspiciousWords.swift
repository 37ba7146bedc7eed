// SuspiciousWords: a quick look at running text for names that may be a secret's.

/// Byte by byte: each of a hundred thousand checks is asked when a large fleet is first read, and
/// taking all their words apart would take a hundred times as long as reading them.
enum SuspiciousWords {
    /// Each of the names that ``SecretName`` knows has one of these in it.
    private static let roots = [
        "pass", "pw", "kennwort", "secret", "token", "cred", "key", "store", "kube", "dsn", "cert",
        "pem", "pfx", "p12", "jks", "jwt", "psk", "bearer", "hmac", "access", "senha", "connstr",
        "conn_str", "connectionstr", "connection_str", "connection-str",
    ].map { Array($0.utf8) }

    /// The pairs of letters that they begin with, by the lowest five bits of both.
    private static let beginnings = {
        var pairs = Array(repeating: false, count: 1024)
        for root in roots { pairs[pair(root[0], root[1])] = true }
        return pairs
    }()

    private static func pair(_ one: UInt8, _ other: UInt8) -> Int {
        Int(one & 31) << 5 | Int(other & 31)
    }

    /// Whether something with such a word stands before a `=` or a `:`, perhaps in quotes.
    static func areAssigned(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            beginnings.withUnsafeBufferPointer { beginnings in
                for mark in 0..<bytes.count where bytes[mark] == 0x3D || bytes[mark] == 0x3A {
                    var place = mark
                    while place > 0, isBetween(bytes[place - 1]) { place -= 1 }
                    var next: UInt8 = 0
                    while place > 0, isOfName(bytes[place - 1]) {
                        place -= 1
                        if beginnings[pair(bytes[place], next)], isRoot(bytes[place...]) {
                            return true
                        }
                        next = bytes[place]
                    }
                }
                return false
            }
        }
    }

    /// Quotes, and spaces.
    private static func isBetween(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x22 || byte == 0x27
    }

    /// Letters, digits, `_`, `-`, `.`, and whatever is not ASCII.
    private static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
            || byte == 0x2D || byte == 0x2E
    }

    private static func isRoot(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        roots.contains { root in
            rest.count >= root.count && zip(rest, root).allSatisfy { $0 | 0x20 == $1 | 0x20 }
        }
    }
}
