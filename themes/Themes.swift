// Themes: the themes that come with clawtop, as the text of their files.

/// The files of this folder, embedded in the program.
package enum Themes {
    /// Each theme's name and YAML, in the order in which `:theme` offers them; the first is the default.
    package static let all: [(name: String, yaml: [UInt8])] = [
        ("dark", PackageResources.dark_yaml)
    ]
}
