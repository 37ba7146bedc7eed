// SuspiciousWords: a quick look at running text for names that may be a secret's.

/// Byte by byte: each of a hundred thousand checks is asked when a large fleet is first read, and
/// taking all their words apart would take a hundred times as long as reading them.
enum SuspiciousWords {
    /// What ``SecretName`` looks for, by the pair of letters that it begins with.
    private static let roots = {
        var roots = Array(repeating: [[UInt8]](), count: 1024)
        for root in SecretName.strongRoots + SecretName.strongWords + ["key"] {
            let bytes = Array(root.utf8)
            roots[pair(bytes[0], bytes[1])].append(bytes)
        }
        return roots
    }()

    /// By the lowest five bits of both, which are the same for small and capital letters.
    private static func pair(_ one: UInt8, _ other: UInt8) -> Int {
        Int(one & 31) << 5 | Int(other & 31)
    }

    /// Whether something with such a word stands before a `=` or a `:`, perhaps in quotes.
    static func areAssigned(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            roots.withUnsafeBufferPointer { roots in
                for mark in 0..<bytes.count where bytes[mark] == 0x3D || bytes[mark] == 0x3A {
                    var place = mark
                    while place > 0, isBetween(bytes[place - 1]) { place -= 1 }
                    var next: UInt8 = 0
                    while place > 0, isOfName(bytes[place - 1]) {
                        place -= 1
                        guard !isSeparator(bytes[place]) else { continue }
                        let candidates = roots[pair(bytes[place], next)]
                        if !candidates.isEmpty, begins(bytes[place...], with: candidates) {
                            return true
                        }
                        next = bytes[place]
                    }
                }
                return false
            }
        }
    }

    /// Quotes, their escapes, and spaces.
    private static func isBetween(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x5C
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || isSeparator(byte)
    }

    /// `_`, `-`, `.`: between the words of a name.
    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x5F || byte == 0x2D || byte == 0x2E
    }

    private static func begins(
        _ rest: Slice<UnsafeBufferPointer<UInt8>>, with roots: [[UInt8]]
    ) -> Bool {
        roots.contains { root in
            let letters = rest.lazy.filter { !isSeparator($0) }.map { $0 | 0x20 }
            return letters.starts(with: root.lazy.map { $0 | 0x20 })
        }
    }
}
