// Themes: the themes that come with clawtop, as the text of their files.

/// The files of this folder, embedded in the program.
package enum Themes {
    /// Each theme's name and YAML, in the order in which `:theme` offers them; the first is the default.
    package static let all: [(name: String, yaml: [UInt8])] = [
        ("dark", PackageResources.dark_yaml),
        ("light", PackageResources.light_yaml),
        ("sixteen", PackageResources.sixteen_yaml),
        ("monochrome", PackageResources.monochrome_yaml),
        ("high-contrast", PackageResources.high_contrast_yaml),
        ("colour-blind-blue", PackageResources.colour_blind_blue_yaml),
        ("colour-blind-orange", PackageResources.colour_blind_orange_yaml),
        ("solarized", PackageResources.solarized_yaml),
    ]
}
