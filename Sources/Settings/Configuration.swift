// Configuration: what the one YAML file says.
package import Events

/// The configuration, read and checked.
package struct Configuration: Hashable, Sendable {
    /// Stands in the header, in words; empty where the file names none.
    package var environment = ""
    /// The theme's name; nil where the file names none.
    package var theme: String?
    package var feeds: [FeedSettings] = []
    /// Rule files, `*` and `?` among them, relative to the configuration's folder.
    package var rules: [String] = []
    /// Whether the rules that clawtop brings along are used too.
    package var usesDefaultRules = true
    /// Where acknowledgements are kept; a relative path is one beside the configuration.
    package var store = StoreSettings.file(nil)
    package var acknowledgement = AcknowledgementPolicy()
    /// Nothing is acknowledged, muted or noted from here.
    package var isReadOnly = false

    /// Whom alerts are told to; nobody where the file names nobody.
    package var receivers: [ReceiverSettings] = []

    package init() {}
}

/// Where a secret is to be read from; a secret itself never stands in a file of ours.
package enum SecretReference: Hashable, Sendable {
    case environment(String)
    case file(String)
    case command(String)

    /// Nil where `text` is no reference.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        let name = String(parts[1])
        switch parts[0] {
        case "env": self = .environment(name)
        case "file": self = .file(name)
        case "exec": self = .command(name)
        default: return nil
        }
    }
}

/// Why a secret could not be read: a sentence without the secret.
package struct SecretError: Error, Hashable, Sendable {
    package var message: String

    package init(_ message: String) {
        self.message = message
    }
}
