// RuleOptions: what `clawtop rules` is asked for.

/// The files, and promtool's options for them.
struct RuleOptions: Equatable {
    enum Lint: String, CaseIterable {
        case all
        case duplicateRules = "duplicate-rules"
        case none
    }

    var files: [String] = []
    var lint = Lint.duplicateRules
    /// What linting finds ends the program with 3.
    var isLintFatal = false
    var ignoresUnknownFields = false
    /// Only tests whose names match one of these are run.
    var run: [String] = []
    /// Show how expected and got alerts differ instead of both.
    var showsDifference = false
    /// Where the results are written for other tools.
    var junit: String?
}
