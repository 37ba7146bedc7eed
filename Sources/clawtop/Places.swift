// Places: where clawtop's files lie, by the XDG base directory specification.

/// Folders and files, from the environment.
///
/// Source: <https://specifications.freedesktop.org/basedir-spec/latest/>
struct Places {
    let environment: [String: String]

    /// The configuration that is read where none is named.
    var configuration: String { folder("XDG_CONFIG_HOME", or: ".config") + "/clawtop.yaml" }
    /// The user's own themes.
    var themes: String { folder("XDG_CONFIG_HOME", or: ".config") + "/themes" }
    /// What is to be known of alerts when clawtop is started again with a configuration, a file for
    /// each: ``AlertMemoryFile``.
    var memories: String { folder("XDG_STATE_HOME", or: ".local/state") + "/alerts" }
    /// Acknowledgements, where the configuration does not say otherwise.
    var store: String { folder("XDG_STATE_HOME", or: ".local/state") + "/alerts.db" }
    /// Those of a demo, gone when the next one begins.
    var demoStore: String { folder("XDG_STATE_HOME", or: ".local/state") + "/demo.db" }
    var journal: String { folder("XDG_STATE_HOME", or: ".local/state") + "/journal" }

    /// A relative path in the variable is to be ignored, says the specification.
    private func folder(_ variable: String, or standard: String) -> String {
        if let base = environment[variable], base.hasPrefix("/") { return "\(base)/clawtop" }
        return "\(environment["HOME"] ?? "/")/\(standard)/clawtop"
    }
}
