// ConfigurationSchema: what the configuration may hold, for editors that check and complete it.

package enum ConfigurationSchema {
    /// JSON Schema, draft 7: what the language servers of YAML read.
    ///
    /// It is written by hand beside the readers: a test holds them together.
    package static var json: String {
        String(decoding: PackageResources.configuration_schema_json, as: UTF8.self)
    }
}
