// StringTable: one copy of each string that a long document repeats.
import Events

/// Finds a string by its bytes, so that a repeated one is not allocated again.
struct StringTable {
    private var strings: [UInt64: String] = [:]

    /// The string that `quoted` writes.
    mutating func string(_ quoted: JSONQuoted) -> String {
        // Up to 15 bytes live inside a Swift string: nothing would be saved.
        guard !quoted.isEscaped, quoted.bytes.count > 15 else { return quoted.text }
        var slot = FNV.hash(quoted.bytes)
        while let known = strings[slot] {
            if known.utf8.elementsEqual(quoted.bytes) { return known }
            slot &+= 1
        }
        let text = quoted.text
        // Repaired bytes are not those that are looked for: such a string is not kept.
        guard text.utf8.count == quoted.bytes.count, text.utf8.elementsEqual(quoted.bytes) else {
            return text
        }
        strings[slot] = text
        return text
    }
}
