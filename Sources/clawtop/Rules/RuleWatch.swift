// RuleWatch: rule files read again when they change.
import Engine

/// Looks at the files each second, and tells the rules when they are others, until it is cancelled.
///
/// The stamp tells what the files were like before `first` was read of them.
func watchRules(
    _ library: RuleLibrary, from first: RuleSet, at stamp: RuleLibrary.Stamp,
    telling tell: (RuleSet) async -> Void
) async {
    var (rules, used, seen) = (first, stamp, stamp)
    while (try? await Task.sleep(for: .seconds(1))) != nil {
        let now = library.stamp
        defer { seen = now }
        // A file that is being written is read once it is left alone.
        guard now == seen, now != used else { continue }
        used = now
        var news = library.read(keeping: rules)
        news.problems += RuleLibrary.lost(from: rules, in: news)
        rules = news
        await tell(rules)
    }
}
