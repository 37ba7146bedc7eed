// ThemeLibrary: the themes that come with clawtop, and the user's own.
import Themes

enum ThemeLibrary {
    /// The names of the themes that come with clawtop, the default first.
    static let builtInNames = Themes.all.map(\.name)
}
