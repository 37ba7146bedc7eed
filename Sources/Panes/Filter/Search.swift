// Search: a text in a text, whatever the case of its ASCII letters.

extension String {
    /// Whether `words`, which are in lower case, stand in this text.
    func holds(_ words: String) -> Bool {
        guard !words.isEmpty else { return true }
        var (text, sought) = (self, words)
        return text.withUTF8 { text in
            sought.withUTF8 { sought in
                guard text.count >= sought.count else { return false }
                return (0...text.count - sought.count).contains { start in
                    sought.indices.allSatisfy { text[start + $0].lowercase == sought[$0] }
                }
            }
        }
    }
}

extension UInt8 {
    fileprivate var lowercase: UInt8 {
        self >= 0x41 && self <= 0x5A ? self + 0x20 : self
    }
}
