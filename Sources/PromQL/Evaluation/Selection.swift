// Selection: the series that a selector's matchers pick.
import Events
import Patterns

/// The series of a store that some matchers pick, found once and mended when series come or go.
final class Selection {
    private let matchers: [SeriesMatcher]
    /// By number, ascending.
    private(set) var slots: [Int32] = []
    private(set) var column = LabelColumn([], isUnique: true)
    private var seen = 0
    private var forgetting = -1

    init(_ matchers: [Matcher]) throws(EvaluationError) {
        do throws(PatternError) {
            self.matchers = try matchers.map { (matcher) throws(PatternError) in
                try SeriesMatcher(matcher)
            }
        } catch {
            throw .invalidArgument(error.description)
        }
    }

    /// Finds the series again if some were forgotten, or if a new one is picked.
    func refresh(from store: SeriesStore) {
        let isVoid = forgetting != store.forgetting
        guard isVoid || seen != store.made.count else { return }
        let new = isVoid ? [] : store.made[seen...]
        (seen, forgetting) = (store.made.count, store.forgetting)
        guard isVoid || new.contains(where: { picks(store.entries[Int($0)].labels) }) else {
            return
        }
        slots = find(in: store)
        column = LabelColumn(slots.map { store.entries[Int($0)].labels }, isUnique: true)
    }

    /// The shortest list of candidates drives; the other matchers are asked of each.
    private func find(in store: SeriesStore) -> [Int32] {
        let lists = matchers.compactMap { $0.candidates(in: store.index) }
        if let shortest = lists.min(by: { $0.count < $1.count }) {
            return shortest.filter { picks(store.entries[Int($0)].labels) }
        }
        return store.entries.indices.filter {
            !store.entries[$0].labels.isEmpty && picks(store.entries[$0].labels)
        }.map(Int32.init)
    }

    private func picks(_ labels: Labels) -> Bool {
        matchers.allSatisfy { $0.holds(for: labels) }
    }
}
