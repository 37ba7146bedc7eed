// BinaryOperatorValues: what operators do to two numbers.
import Glibc

extension BinaryOperator {
    /// Whether it cuts native histograms, and gives nothing for floats.
    var isTrim: Bool { self == .trimUpper || self == .trimLower }

    /// A comparison's result, false for operators that compare nothing.
    func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .greater: left > right
        case .less: left < right
        case .greaterOrEqual: left >= right
        case .lessOrEqual: left <= right
        case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2: false
        case .trimUpper, .trimLower, .and, .or, .unless: false
        }
    }

    /// The result between two numbers: 1 and 0 for a comparison that holds or does not.
    func apply(_ left: Double, _ right: Double) -> Double {
        switch self {
        case .add: left + right
        case .subtract: left - right
        case .multiply: left * right
        case .divide: left / right
        case .modulo: fmod(left, right)
        case .power: pow(left, right)
        case .atan2: Glibc.atan2(left, right)
        case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual:
            holds(left, right) ? 1 : 0
        case .trimUpper, .trimLower, .and, .or, .unless: .nan
        }
    }
}
