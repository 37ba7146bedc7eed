// Value: what an expression evaluates to.
package import Events

package enum Value: Hashable, Sendable {
    case scalar(Double)
    case string(String)
    /// One value for each label set; in the order that a sort function made, else in any.
    case vector([Sample])
    /// Values over time: of a range selector or subquery, and of every evaluation over a range.
    case matrix([SampleSeries])
}

/// A label set and its value at the time of evaluation.
package struct Sample: Hashable, Sendable {
    package var labels: Labels
    package var value: Double

    package init(_ labels: Labels, _ value: Double) {
        self.labels = labels
        self.value = value
    }
}

/// A label set and its values over time.
package struct SampleSeries: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package var time: Instant
        package var value: Double

        package init(_ time: Instant, _ value: Double) {
            self.time = time
            self.value = value
        }
    }

    package var labels: Labels
    package var points: [Point]

    package init(_ labels: Labels, _ points: [Point]) {
        self.labels = labels
        self.points = points
    }
}

/// A value, and what there is to say about it.
package struct Answer: Hashable, Sendable {
    package var value: Value
    package var annotations: [Annotation]
}
