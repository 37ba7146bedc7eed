// VectorFunction: the functions that are neither over ranges nor of one number.
import Events

enum VectorFunction: String {
    case time, vector, scalar, pi
    case timestamp
    case absent
    case absentOverTime = "absent_over_time"
    case clamp
    case clampMin = "clamp_min"
    case clampMax = "clamp_max"
    case round
    case sort
    case sortDescending = "sort_desc"
    case labelReplace = "label_replace"
    case labelJoin = "label_join"
    case histogramQuantile = "histogram_quantile"
    case histogramFraction = "histogram_fraction"
    case minute, hour, month, year
    case dayOfMonth = "day_of_month"
    case dayOfWeek = "day_of_week"
    case dayOfYear = "day_of_year"
    case daysInMonth = "days_in_month"
}

extension Evaluation {
    func call(
        _ function: VectorFunction, _ node: Node, _ arguments: [Node], at time: Int64
    ) throws(EvaluationError) -> Result {
        switch function {
        case .time: return .scalar(Double(time) / 1000)
        case .pi: return .scalar(.pi)
        case .scalar:
            let vector = try vector(arguments[0], at: time)
            return .scalar(vector.count == 1 ? vector.values[0] : .nan)
        case .vector:
            return .vector(Vector(single, values: [try scalar(arguments[0], at: time)]))
        case .timestamp: return .vector(try timestamps(arguments[0], at: time))
        case .absent: return .vector(try absent(arguments[0], at: time))
        case .absentOverTime: return .vector(try absentOverTime(arguments[0], at: time))
        case .clamp, .clampMin, .clampMax:
            return .vector(try clamped(function, arguments, at: time))
        case .round: return .vector(try rounded(arguments, at: time))
        case .sort, .sortDescending:
            return .vector(try sorted(node, arguments[0], function, at: time))
        case .labelReplace: return .vector(try labelReplaced(arguments, at: time))
        case .labelJoin: return .vector(try labelJoined(arguments, at: time))
        case .histogramQuantile: return .vector(try histogramQuantile(arguments, at: time))
        case .histogramFraction: return .vector(try histogramFraction(arguments, at: time))
        case .minute, .hour, .month, .year, .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth:
            return .vector(try dates(function, arguments, at: time))
        }
    }
}
