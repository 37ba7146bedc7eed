// ConfigEvent: what config centres tell us; values with secrets never come this far.

/// One top-level or dotted field of a configuration, safe to show.
package struct ConfigField: Hashable, Codable, Sendable {
    package var name: String
    /// Cut to 200 characters; `••••••` under a name that looks like a secret's.
    package var value: String

    package init(name: String, value: String) {
        (self.name, self.value) = (name, value)
    }
}

/// One key of a config centre and its version.
package struct ConfigEntry: Hashable, Codable, Sendable, Identifiable {
    /// The whole key: `config/payment/production`.
    package var key: String
    /// From a key of the form `<prefix><service>/<environment>`; nil where it has another form.
    package var service: String?
    package var environment: String?
    /// What the store counts: Consul's ModifyIndex, etcd's mod_revision.
    package var version: String
    /// What people call it (`v42`), where the value carries a `version` or Consul's key has flags.
    package var label: String?
    /// A hash of the value (FNV-1a, 16 hex digits): the same value has the same digest.
    ///
    /// That of a secret holds for one run of the program.
    package var digest: String
    /// The value's fields where it is a JSON or YAML mapping, at most 64.
    package var fields: [ConfigField]

    package init(
        key: String, service: String? = nil, environment: String? = nil, version: String,
        label: String? = nil, digest: String, fields: [ConfigField] = []
    ) {
        (self.key, self.service, self.environment) = (key, service, environment)
        (self.version, self.label, self.digest, self.fields) = (version, label, digest, fields)
    }

    package var id: String { key }
}

/// What a config centre tells us.
package enum ConfigEvent: Hashable, Codable, Sendable {
    /// The complete list; keys not in it are gone.
    case listed([ConfigEntry])
    /// Entries that are new or changed, and keys that are gone.
    case changed([ConfigEntry], gone: [String])
}
