// EvaluationError: why an expression has no answer, in Prometheus' words where it has some.
package import Events

package enum EvaluationError: Error, Hashable, Sendable {
    /// Two elements of a vector became one label set, mostly as their names were dropped.
    case sameLabels
    /// The side that must be unique has two series for one match group.
    case duplicateSeries(group: Labels, isLeft: Bool, Labels, Labels)
    /// Several series of the left side match one of the right side, and no `group_left` allows it.
    case manyToOne
    /// `group_left` or `group_right` makes one label set of two.
    case ambiguousGrouping
    /// An argument that the function cannot take.
    case invalidArgument(String)
    /// Native histograms, experimental functions.
    case notSupported(String, Position)
    /// An expression that is no PromQL: a checker would have refused it.
    case mistyped(Position)
    case tooDeep(Position)
    case tooManySamples(limit: Int)
    case tooManySeries(limit: Int)
    case interrupted(Interruption)
}

/// Why an evaluation was given up.
package enum Interruption: Hashable, Sendable { case cancelled, timeLimit }

extension EvaluationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sameLabels: "vector cannot contain metrics with the same labelset"
        case .duplicateSeries(let group, let isLeft, let one, let other):
            """
            found duplicate series for the match group \(group) on the \(isLeft ? "left" : "right") \
            hand-side of the operation: [\(one), \(other)];many-to-many matching not allowed: \
            matching labels must be unique on one side
            """
        case .manyToOne:
            """
            multiple matches for labels: many-to-one matching must be explicit \
            (group_left/group_right)
            """
        case .ambiguousGrouping:
            "multiple matches for labels: grouping labels must ensure unique matches"
        case .invalidArgument(let text): text
        case .notSupported(let what, _): "\(what) is not supported here"
        case .mistyped: "the expression does not fit the types of its parts"
        case .tooDeep: "the expression is nested too deeply"
        case .tooManySamples(let limit):
            """
            query processing would load too many samples into memory in query execution \
            (more than \(limit)); select fewer series or a shorter range
            """
        case .tooManySeries(let limit):
            "a selector matches more than \(limit) series; name more labels"
        case .interrupted(.cancelled): "query was canceled in expression evaluation"
        case .interrupted(.timeLimit): "query timed out in expression evaluation"
        }
    }
}

extension EvaluationError {
    /// The sentence, behind the place in `text` of the part that it is about: `1:5: …`.
    package func description(in text: String) -> String {
        position.map { "\($0.place(in: text)): \(self)" } ?? description
    }

    /// The same for an expression as it is printed, where its parts may stand elsewhere than they
    /// were read.
    package func description(inPrinted expression: Expression) -> String {
        let text = expression.description
        guard let position, let part = expression.part(at: position),
            let place = (try? Expression.parse(text))?.positions(of: part).first
        else { return description }
        return "\(place.place(in: text)): \(self)"
    }

    /// Where the part is that it is about; nil where only values are to blame.
    private var position: Position? {
        switch self {
        case .notSupported(_, let position), .mistyped(let position), .tooDeep(let position):
            position
        case .sameLabels, .duplicateSeries, .manyToOne, .ambiguousGrouping, .invalidArgument: nil
        case .tooManySamples, .tooManySeries, .interrupted: nil
        }
    }
}
