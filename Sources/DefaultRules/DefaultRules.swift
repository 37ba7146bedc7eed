// DefaultRules: the rules that clawtop brings along, as the text of their file.

package enum DefaultRules {
    /// What errors and the rules' table call it.
    package static let file = "default rules"
    package static let yaml: [UInt8] = PackageResources.rules_yaml
}
