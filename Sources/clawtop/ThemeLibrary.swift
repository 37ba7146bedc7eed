// ThemeLibrary: the themes that come with clawtop, and the user's own.
import Drawing
import FoundationEssentials
import Settings
import Themes

/// The user's themes win over those that come with clawtop.
struct ThemeLibrary: Sendable {
    /// The names of the themes that come with clawtop, the default first.
    static let builtInNames = Themes.all.map(\.name)

    private var own: [String: Theme] = [:]
    /// What is wrong with the user's themes.
    private(set) var problems: [String] = []

    /// Reads the user's themes: each `*.yaml` in `folder`.
    init(folder: String) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for file in files.sorted() where file.hasSuffix(".yaml") {
            let path = "\(folder)/\(file)"
            do {
                let theme = try Theme(yaml: try readText(path), file: path)
                own[theme.name] = theme
            } catch {
                problems.append("\(error)")
            }
        }
    }

    /// All names: those that come with clawtop first, then the user's.
    var names: [String] {
        Self.builtInNames + own.keys.filter { !Self.builtInNames.contains($0) }.sorted()
    }

    func theme(_ name: String) -> Theme? {
        own[name] ?? (try? Theme.embedded(name))
    }

    /// The theme of that name; the default where none is named, or there is none of it.
    func chosen(_ name: String?) -> Theme {
        name.flatMap(theme) ?? theme(Self.builtInNames.first ?? "")
            ?? Theme(name: "plain", summary: "", looks: [:], grounds: [:])
    }
}
