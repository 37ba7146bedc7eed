// Alert: one thing that a rule says is wrong, from when it was first seen.
package import Events

package struct Alert: Hashable, Codable, Sendable {
    /// What it is told apart by: the result's labels, the rule's, and `alertname`.
    package let labels: Labels
    package var annotations: Labels
    package var state: AlertState
    /// The expression's last value; a resolved alert keeps its last one.
    package var value: Double {
        get { Double(bitPattern: valueBits) }
        set { valueBits = newValue.bitPattern }
    }
    /// Since when the expression returns it.
    package var activeAt: Instant
    package var firedAt: Instant?
    package var resolvedAt: Instant?
    /// Since when it only fires as its rule says to keep it firing.
    package var keepFiringSince: Instant?
    /// The last evaluation that succeeded.
    package var lastEvaluation: Instant

    package let fingerprint: String
    /// JSON has no NaN, and to Swift no NaN is like another.
    private var valueBits: UInt64
    package var name: String { labels[AlertRule.nameLabel] }

    /// An alert that a rule returns for the first time.
    init(_ labels: Labels, _ found: FoundAlert, at time: Instant) {
        (self.labels, fingerprint) = (labels, labels.fingerprint)
        (annotations, valueBits) = (found.annotations, found.value.bitPattern)
        state = .pending
        (activeAt, lastEvaluation) = (time, time)
    }
}

/// What an evaluation says of one alert.
struct FoundAlert {
    var annotations: Labels
    var value: Double
    /// The labels of the result, without the metric's name.
    var result: Labels
}
