// AlertCourse: what an alert's expression was worth before and since, for the chart of its card.
import Events
import PromQL

/// The last half an hour, a value a step.
struct AlertCourse {
    static let step = Duration.seconds(30)
    static let length = 60
    /// Rules with more open alerts than this begin no further ones: nobody reads so many charts.
    static let mostAlerts = 200
    /// Evaluating the time before an alert may cost no more than this; else its course begins with it.
    static let limits = EvaluationLimits(samples: 20_000, series: 500)

    private(set) var points: AlertRecord.Points

    /// Nothing is known yet of the half hour that ends at `now`.
    init(until now: Instant) {
        points = AlertRecord.Points(
            start: now.beginOfStep - Self.step * (Self.length - 1), step: Self.step, values: [])
    }

    /// Notes a value of now, or of a moment after all that were noted; the last one of a step stays.
    mutating func note(_ value: Double, at moment: Instant) {
        var place = (moment.beginOfStep - points.start).milliseconds / Self.step.milliseconds
        guard place >= 0 else { return }
        if place >= 2 * Self.length {
            self = AlertCourse(until: moment)
            place = Int64(Self.length - 1)
        }
        while points.values.count <= place { points.values.append(nil) }
        points.values[Int(place)] = value
        let old = points.values.count - Self.length
        guard old > 0 else { return }
        points.values.removeFirst(old)
        points.start = points.start + Self.step * old
    }
}

extension RuleGroupEvaluation {
    /// How the side that a rule compares went until now, by label sets without the metric's name.
    ///
    /// Empty where that costs too much, or where another engine evaluates the rule.
    func courses(of rule: AlertRule, at now: Instant) -> [Labels: AlertCourse] {
        guard group.source == nil else { return [:] }
        let start = AlertCourse(until: now).points.start
        let offset = group.queryOffset
        let answer = try? historian.evaluate(
            rule.expression.compared, from: start - offset, to: now - offset,
            step: AlertCourse.step)
        guard case .matrix(let all) = answer?.value else { return [:] }
        var courses: [Labels: AlertCourse] = [:]
        for series in all {
            var course = AlertCourse(until: now)
            for point in series.points { course.note(point.value, at: point.time + offset) }
            courses[series.labels.dropping([Labels.nameLabel])] = course
        }
        return courses
    }
}

extension Expression {
    /// Of a comparison the side that is compared; of any other expression, itself.
    var compared: Expression {
        var side = self
        while true {
            switch side {
            case .parentheses(let inside): side = inside.expression
            case .binary(let binary) where binary.operation.isComparison && !binary.returnsBool:
                return binary.left.isNumber ? binary.right : binary.left
            case .binary(let binary) where [.and, .unless].contains(binary.operation):
                side = binary.left
            default: return side
            }
        }
    }

    private var isNumber: Bool {
        switch self {
        case .number: true
        case .parentheses(let inside): inside.expression.isNumber
        case .unary(let unary): unary.expression.isNumber
        default: false
        }
    }
}

extension Instant {
    fileprivate var beginOfStep: Instant {
        let step = AlertCourse.step.milliseconds
        return Instant(milliseconds: milliseconds - ((milliseconds % step) + step) % step)
    }
}
