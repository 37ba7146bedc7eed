// ThemeLibrary: the themes that come with clawtop, and the user's own.
import Drawing
import Themes

struct ThemeLibrary: Sendable {
    /// The names of the themes that come with clawtop, the default first.
    static let builtInNames = Themes.all.map(\.name)

    let names: [String]
    /// What is wrong with the user's themes.
    let problems: [String]

    /// The user's themes lie in `folder`, and come first.
    init(folder: String) {
        (names, problems) = (Self.builtInNames, [])
    }

    func chosen(_ name: String?) -> Theme {
        Theme(name: "dark", summary: "", looks: [:], grounds: [:])
    }
    func theme(_ name: String) -> Theme? { nil }
}
