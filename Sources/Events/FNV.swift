// FNV: hashes that are the same in every run and in every program.

/// The hash FNV-1a with 64 bits.
package enum FNV {
    package static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// Of each word and, after it, a byte that no UTF-8 has: `ab` and `c` differ from `a` and `bc`.
    package static func hash(words: [String]) -> UInt64 {
        var bytes: [UInt8] = []
        for word in words {
            bytes += word.utf8
            bytes.append(0xFF)
        }
        return hash(bytes[...])
    }
}

extension UInt64 {
    /// 16 digits.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
