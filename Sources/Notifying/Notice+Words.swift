// Notice, words: what a notification says, in a line or two.
import Events

extension Notice {
    /// The alert's name, or the names where the group has several.
    var subject: String {
        Self.listed(items.filter { $0.alert.isFiring == isFiring }.map(\.alert.name))
    }

    /// As in `SagaStuck fires (critical)`, `3 alerts of SagaStuck fire`, `SagaStuck is resolved`.
    var title: String {
        let place = environment.isEmpty ? "" : "\(environment): "
        let count = items.count { $0.alert.isFiring == isFiring }
        let isOne = count + truncated == 1
        let who = isOne ? subject : "\(count + truncated) alerts of \(subject)"
        guard isFiring else { return "\(place)\(who) \(isOne ? "is" : "are") resolved" }
        let loudness = severity == .critical ? " (critical)" : ""
        return "\(place)\(who) \(isOne ? "fires" : "fire")\(loudness)"
    }

    /// What the alerts say of themselves, why it is told again, and what is held back.
    var text: String {
        let summaries = news.map { item in
            let said = item.alert.annotations["summary"]
            return said.isEmpty ? item.alert.annotations["description"] : said
        }
        var sentences = Self.unique(summaries.filter { !$0.isEmpty }).prefix(3).map(\.self)
        if reason.isWorthSaying { sentences.append(reason.words) }
        if !heldBack.isEmpty { sentences.append(heldBackWords) }
        return sentences.joined(separator: "; ")
    }

    /// As in `2 more notifications wait: CartDown, PaymentSlow`.
    var heldBackWords: String {
        let count = heldBack.count
        let verb = count == 1 ? "notification waits" : "notifications wait"
        return "\(count) more \(verb): \(Self.listed(heldBack))"
    }

    /// Why this is told, in Alertmanager's words where it has some.
    var reason: (words: String, isWorthSaying: Bool) {
        let occasions = news.compactMap(\.occasion)
        for case .broken(let why) in occasions {
            return ("not acknowledged any more: \(why)", true)
        }
        if occasions.contains(.firesAgain) { return ("fires again", true) }
        if occasions.contains(.fires) {
            let isFirst = news.count == items.count
            return (isFirst ? "first notification" : "new alerts added", false)
        }
        if occasions.contains(.resolved) {
            return (isFiring ? "some alerts resolved" : "all alerts resolved", false)
        }
        return ("repeat interval elapsed", true)
    }

    /// The first three, and how many more.
    private static func listed(_ names: [String]) -> String {
        let names = unique(names)
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return names.prefix(3).joined(separator: ", ") + more
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
