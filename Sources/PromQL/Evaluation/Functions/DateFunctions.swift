// DateFunctions: parts of the date and the time of day that values mean, in UTC.
import Events

extension Evaluation {
    /// Of each value as seconds since 1970; of the time of evaluation where there is no argument.
    func dates(
        _ function: VectorFunction, _ arguments: [Node], at time: Int64
    ) throws(EvaluationError) -> Vector {
        guard let argument = arguments.first else {
            // Whole seconds, also before 1970.
            let now = CivilTime(secondsSince1970: time / 1000)
            return Vector(single, values: [function.part(of: now)])
        }
        return try mapped(try vector(argument, at: time)) {
            // Fractions are cut off; what 64 bits cannot hold, NaN too, is the last second that they
            // can, as in Prometheus.
            let seconds = Int64(exactly: $0.rounded(.towardZero)) ?? .max
            return function.part(of: CivilTime(secondsSince1970: seconds))
        }
    }
}

extension VectorFunction {
    fileprivate func part(of date: CivilTime) -> Double {
        switch self {
        case .minute: Double(date.minute)
        case .hour: Double(date.hour)
        case .month: Double(date.month)
        case .year: Double(date.year)
        case .dayOfMonth: Double(date.day)
        case .dayOfWeek: Double(date.weekday)
        case .dayOfYear: Double(date.dayOfYear)
        case .daysInMonth: Double(date.daysInMonth)
        default: .nan
        }
    }
}
