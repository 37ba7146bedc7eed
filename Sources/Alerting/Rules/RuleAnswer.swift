// RuleAnswer: what another engine found for one rule.
package import PromQL

/// The samples of a rule's expression, evaluated elsewhere, or why there are none.
package struct RuleAnswer: Hashable, Sendable {
    private var samples: [Sample] = []
    /// A sentence; empty where there are samples.
    package private(set) var failure = ""
    /// How long the engine took.
    package var duration: Duration

    package init(_ samples: [Sample], after duration: Duration = .zero) {
        (self.samples, self.duration) = (samples, duration)
    }

    package init(failure: String, after duration: Duration = .zero) {
        (self.failure, self.duration) = (failure, duration)
    }

    var found: [Sample] {
        get throws(RuleError) {
            guard failure.isEmpty else { throw .elsewhere(failure) }
            return samples
        }
    }
}
