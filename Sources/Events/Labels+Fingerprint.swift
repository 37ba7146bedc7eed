// Labels, fingerprint: 64 bits that name a label set.

extension Labels {
    /// The fingerprint that Alertmanager shows for an alert of these labels: 16 hexadecimal digits.
    package var fingerprint: String {
        FNV.hash(words: pairs.flatMap { [$0.name, $0.value] }).hexadecimal
    }
}
