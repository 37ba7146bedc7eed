// Labels: the names and values that tell one series, or one alert, from another.

/// One label of a series.
package struct Label: Hashable, Sendable, Codable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A label set: sorted by name, no name twice, no empty value (Prometheus: an empty label is none).
package struct Labels: Hashable, Sendable {
    /// Sorted by the bytes of the name.
    package private(set) var pairs: [Label]

    package init() { pairs = [] }

    package init(_ labels: [String: String]) {
        pairs = labels.filter { !$0.value.isEmpty }.map { Label($0.key, $0.value) }
            .sorted { $0.name < $1.name }
    }

    /// The value of a label; empty where the set has none, as in matchers and templates.
    package subscript(_ name: String) -> String {
        get { pairs.first { $0.name == name }?.value ?? "" }
        set {
            let place = pairs.firstIndex { $0.name >= name } ?? pairs.endIndex
            let found = place < pairs.endIndex && pairs[place].name == name
            switch (found, newValue.isEmpty) {
            case (true, true): pairs.remove(at: place)
            case (true, false): pairs[place].value = newValue
            case (false, true): break
            case (false, false): pairs.insert(Label(name, newValue), at: place)
            }
        }
    }
}
