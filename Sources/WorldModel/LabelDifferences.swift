// LabelDifferences: which labels tell the alerts of one name apart.
import Events

struct LabelDifferences: Sendable, Equatable {
    /// So many of a name are compared; what differs among thousands does among these.
    private static let mostCompared = 64

    private struct Name: Sendable, Equatable {
        var first: Labels
        var count = 1
        var differing: Set<String> = []
    }

    private var names: [String: Name] = [:]

    subscript(name: String) -> Set<String> { names[name]?.differing ?? [] }

    mutating func note(_ alert: AlertRecord) {
        guard let known = names[alert.name] else {
            names[alert.name] = Name(first: alert.labels)
            return
        }
        guard known.count < Self.mostCompared else { return }
        names[alert.name]?.count += 1
        for (one, other) in [(known.first, alert.labels), (alert.labels, known.first)] {
            for label in one.pairs where other[label.name] != label.value {
                names[alert.name]?.differing.insert(label.name)
            }
        }
    }
}
