// TemplateValue: a value as templates see it, with the type that it has in Go.

/// What a template computes with.
indirect enum TemplateValue: Sendable {
    /// No value at all: Go's untyped nil.
    case none
    case bool(Bool)
    case integer(Int64, TemplateType.Whole)
    case float(Double)
    case string(String)
    /// A text that `safeHtml` has vouched for: to Go another type than a string.
    case html(String)
    case labels([String: String])
    /// What `args` makes.
    case arguments(TemplateArguments)
    case samples([TemplateSample])
    case sample(TemplateSample)
    case time(GoTime)
    /// Points to a moment or a duration, as what `toTime` and `toDuration` give.
    case pointer(TemplateValue)
    /// A nil of a type.
    case null(TemplateType)
    /// The alert's own data, the dot a template begins with.
    case alert
    /// A value in a place that takes any type.
    case any(TemplateValue)

    static func int(_ value: Int) -> Self { .integer(Int64(value), .int) }

    /// The value itself, without the place of any type around it.
    var unwrapped: Self {
        guard case .any(let value) = self else { return self }
        return value
    }

    /// The value that a pointer points to.
    var pointee: Self {
        switch self {
        case .any(let value), .pointer(let value): value.pointee
        default: self
        }
    }

    var isNil: Bool {
        switch self {
        case .none, .null: true
        case .any(let value): value.isNil
        default: false
        }
    }

    /// Whether `if` takes the value for true: what is not empty, zero or nil.
    var isTrue: Bool {
        switch self {
        case .none, .null: false
        case .bool(let value): value
        case .integer(let value, _): value != 0
        case .float(let value): value != 0
        case .string(let text), .html(let text): !text.isEmpty
        case .labels(let labels): !labels.isEmpty
        case .arguments(let arguments): !arguments.values.isEmpty
        case .samples(let samples): !samples.isEmpty
        case .sample, .time, .pointer, .alert: true
        case .any(let value): value.isTrue
        }
    }

    /// The value's type; nil for none.
    var type: TemplateType? {
        switch self {
        case .none: nil
        case .bool: .bool
        case .integer(_, let kind): .whole(kind)
        case .float: .float
        case .string: .string
        case .html: .html
        case .labels: .labels
        case .arguments: .arguments
        case .samples: .samples
        case .sample: .sample
        case .time: .time
        case .pointer(let value): value.type.map { .pointer($0) }
        case .null(let type): type
        case .alert: .alert
        case .any: .any
        }
    }

    /// About how many bytes the value is worth, for the budget.
    var weight: Int {
        switch self {
        case .string(let text), .html(let text): text.utf8.count
        case .labels(let labels): labels.count * 16
        case .samples(let samples): samples.count * 16
        case .arguments(let arguments): arguments.weight
        case .any(let value), .pointer(let value): value.weight
        default: 1
        }
    }
}

/// Values of any type by name: `arg0`, `arg1` and so on.
struct TemplateArguments: Sendable {
    let values: [String: TemplateValue]
    /// Counted once, since such values can stand in each other a million times.
    let weight: Int
    /// How deep they stand in each other.
    let depth: Int

    init(_ values: [TemplateValue]) {
        let named = values.enumerated().map { ("arg\($0.offset)", $0.element) }
        self.values = Dictionary(named, uniquingKeysWith: { first, _ in first })
        weight = values.reduce(16 * values.count) { $0 + $1.weight }
        depth = 1 + (values.map(\.depth).max() ?? 0)
    }
}

extension TemplateValue {
    fileprivate var depth: Int {
        switch self {
        case .arguments(let arguments): arguments.depth
        case .any(let value), .pointer(let value): value.depth
        default: 0
        }
    }
}
