// RuleError: why the evaluation of a rule failed, in Prometheus' words.
import PromQL

enum RuleError: Error, Hashable, CustomStringConvertible {
    /// The place that it names is one in the expression as it is printed.
    case evaluation(EvaluationError, Expression)
    /// What the engine said, or why it said nothing, that evaluates the group instead of us.
    case elsewhere(String)
    /// The expression gives a string or a range.
    case notVector
    /// Two results become one alert.
    case sameAlert
    /// Two results become one series.
    case sameSeries
    case tooManyAlerts(limit: Int, count: Int)
    case tooManySeries(limit: Int, count: Int)

    var description: String {
        switch self {
        case .evaluation(let error, let expression):
            error.description(inPrinted: expression)
        case .elsewhere(let reason): reason
        case .notVector: "rule result is not a vector or scalar"
        case .sameAlert:
            "vector contains metrics with the same labelset after applying alert labels"
        case .sameSeries:
            "vector contains metrics with the same labelset after applying rule labels"
        case .tooManyAlerts(let limit, let count):
            "exceeded limit of \(limit) with \(count) alerts"
        case .tooManySeries(let limit, let count):
            "exceeded limit of \(limit) with \(count) series"
        }
    }
}
