// Labels, fingerprint: 64 bits that name a label set.

extension Labels {
    /// The fingerprint that Alertmanager shows for an alert of these labels: 16 hexadecimal digits.
    ///
    /// FNV-1a over names and values, each followed by a byte that no UTF-8 has.
    package var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for label in pairs {
            for text in [label.name, label.value] {
                text.utf8.forEach(add)
                add(0xff)
            }
        }
        return hash.hexadecimal
    }
}

extension UInt64 {
    /// 16 digits.
    package var hexadecimal: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
