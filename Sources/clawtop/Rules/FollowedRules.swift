// FollowedRules: rule files read again when they change.
import Engine

/// The rules as their files hold them.
struct FollowedRules: Sendable {
    private let library: RuleLibrary
    private(set) var rules: RuleSet
    /// What the files were like before they were read.
    private var stamp: RuleLibrary.Stamp

    /// Reads the files; a broken one keeps what it held in `earlier`.
    init(_ library: RuleLibrary, keeping earlier: RuleSet = RuleSet()) {
        (self.library, stamp) = (library, library.stamp)
        rules = library.read(keeping: earlier)
    }

    /// Tells the rules when they are others, until it is cancelled.
    mutating func follow(telling tell: (RuleSet) async -> Void) async {
        while await waitForChange(of: { library.stamp }, since: stamp) {
            let earlier = rules
            self = FollowedRules(library, keeping: earlier)
            rules.problems += RuleLibrary.lost(from: earlier, in: rules)
            await tell(rules)
        }
    }
}
