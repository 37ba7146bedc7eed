// ConfigValue: a store's key and bytes, told as a ConfigEntry without any secret.
package import Events

/// The one place where configuration values are read; every config feed goes through it.
package enum ConfigValue {
    /// The label is the value's own top-level `version`, else the store's `flags` unless 0.
    ///
    /// Of a value whose key looks like a secret's nothing is read, not even its label.
    package static func entry(
        key: String, prefix: String, value: [UInt8], version: String, flags: UInt64 = 0
    ) -> ConfigEntry {
        let owner = owner(of: key, prefix: prefix)
        let content = content(of: value, key: key)
        return ConfigEntry(
            key: key, service: owner?.service, environment: owner?.environment, version: version,
            label: content.label ?? (flags == 0 ? nil : String(flags)),
            digest: Secrecy.isSecret(key: key) ? ownDigest(value) : digest(value),
            fields: content.fields)
    }

    /// Of a secret: the same only within this run, so that no short one is found by trying all.
    private static func ownDigest(_ value: [UInt8]) -> String {
        var hasher = Hasher()
        hasher.combine(value)
        return UInt64(bitPattern: Int64(hasher.finalize())).hexadecimal
    }

    /// FNV-1a with 64 bits, as 16 hexadecimal digits.
    static func digest(_ value: [UInt8]) -> String { FNV.hash(value[...]).hexadecimal }

    /// The parts of `<prefix><service>/<environment>`; nil where the key has another form.
    static func owner(of key: String, prefix: String) -> (service: String, environment: String)? {
        guard key.hasPrefix(prefix) else { return nil }
        var rest = key.dropFirst(prefix.count)
        // A prefix given without its slash names the folder.
        if !prefix.isEmpty, !prefix.hasSuffix("/"), rest.hasPrefix("/") { rest = rest.dropFirst() }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return (String(parts[0]), String(parts[1]))
    }

    private static func content(
        of value: [UInt8], key: String
    ) -> (label: String?, fields: [ConfigField]) {
        guard value.count <= 4 << 20, !Secrecy.isSecret(key: key),
            let scalars = FlatJSON.scalars(value) ?? FlatYAML.scalars(value)
        else { return (nil, []) }
        let label = scalars.first { $0.name == "version" && !$0.value.isEmpty }
        let fields = scalars.prefix(64).map { scalar in
            ConfigField(
                name: cut(Secrecy.redacted(scalar.name), to: 200),
                value: scalar.isSecret ? Secrecy.mask : cut(Secrecy.redacted(scalar.value), to: 200)
            )
        }
        return (label.flatMap(readable), fields)
    }

    /// A version that people would say; nil where it is long or not for showing.
    private static func readable(_ version: FlatScalar) -> String? {
        let text = cut(version.value, to: 65)
        guard !version.isSecret, text.count <= 64, Secrecy.redacted(text) == text,
            !text.contains(where: \.isNewline)
        else { return nil }
        return text
    }

    private static func cut(_ text: String, to count: Int) -> String {
        text.utf8.count <= count ? text : String(text.prefix(count))
    }
}

/// One scalar somewhere in a document, its names joined by dots.
struct FlatScalar: Equatable {
    var name: String
    var value: String
    /// One of its names, or of what is named beside it, looks like a secret's.
    var isSecret: Bool
}
