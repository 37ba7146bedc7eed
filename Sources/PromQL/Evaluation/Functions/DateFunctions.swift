// DateFunctions: parts of the date and the time of day that values mean, in UTC.

extension Evaluation {
    /// Of each value as seconds since 1970; of the time of evaluation where there is no argument.
    func dates(
        _ function: VectorFunction, _ arguments: [Node], at time: Int64
    ) throws(EvaluationError) -> Vector {
        guard let argument = arguments.first else {
            // Whole seconds, also before 1970.
            let seconds = Double(time / 1000)
            return Vector(single, values: [function.part(of: CivilTime(secondsSince1970: seconds))])
        }
        return try mapped(try vector(argument, at: time)) {
            function.part(of: CivilTime(secondsSince1970: $0))
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
