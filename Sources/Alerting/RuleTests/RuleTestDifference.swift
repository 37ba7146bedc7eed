// RuleTestDifference: how expected and got alerts or samples differ, word by word.
import Events
import PromQL
import Wording

/// Each expected item beside the got one that is most like it.
struct RuleTestDifference {
    /// An alert or sample as names and values.
    private typealias Item = [(name: String, value: String)]

    private var lines: [String] = []

    init(expected: [ExpectedAlert], got: [ExpectedAlert]) {
        compare(expected.map(\.item), got.map(\.item))
    }

    init(expected: [Sample], got: [Sample]) {
        compare(expected.map(\.item), got.map(\.item))
    }

    /// Indented as what promtool prints of alerts.
    var text: String {
        "        differs (expected [-so-], got {+so+}):"
            + lines.map { "\n            \($0)" }.joined()
    }

    private mutating func compare(_ expected: [Item], _ got: [Item]) {
        var left = Array(got.indices)
        for (number, item) in expected.enumerated() {
            let nearest = left.max { item.likeness(to: got[$0]) < item.likeness(to: got[$1]) }
            guard let nearest else {
                lines.append("expected \(number): not got")
                continue
            }
            left.removeAll { $0 == nearest }
            lines += Self.changes(item, got[nearest]).map {
                "expected \(number), got \(nearest): \($0)"
            }
        }
        lines += left.map { "got \($0): not expected" }
    }

    private static func changes(_ expected: Item, _ got: Item) -> [String] {
        let names = Set((expected + got).map(\.name)).sorted()
        return names.compactMap { name in
            let (old, new) = (expected[named: name], got[named: name])
            guard old != new else { return nil }
            return "\(name): " + wordDifference(from: old ?? "", to: new ?? "")
        }
    }
}

extension [(name: String, value: String)] {
    fileprivate subscript(named name: String) -> String? { first { $0.name == name }?.value }

    /// How many values are the same.
    fileprivate func likeness(to other: Self) -> Int {
        count { other[named: $0.name] == $0.value }
    }
}

extension ExpectedAlert {
    fileprivate var item: [(name: String, value: String)] {
        labels.pairs.map { ("label \($0.name)", $0.value) }
            + annotations.pairs.map { ("annotation \($0.name)", $0.value) }
    }
}

extension Sample {
    fileprivate var item: [(name: String, value: String)] {
        labels.pairs.map { ("label \($0.name)", $0.value) } + [("value", value.prometheus)]
    }
}
