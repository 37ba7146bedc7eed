// TemplateType: the Go types that values and arguments of templates have.

indirect enum TemplateType: Hashable, Sendable {
    /// The whole numbers, each a type of its own.
    enum Whole: String, Sendable {
        case int
        case int64
        case uint8
        case month = "time.Month"
        case weekday = "time.Weekday"
        case duration = "time.Duration"
    }

    case bool
    case whole(Whole)
    case float
    case string
    case html
    case labels
    case arguments
    case samples
    case sample
    case time
    case pointer(TemplateType)
    case alert
    /// An argument or element that takes any type.
    case any
    /// An argument of Go's own functions, which look at types themselves.
    case reflected

    /// The type's name in messages and for `%T`.
    var name: String {
        switch self {
        case .bool: "bool"
        case .whole(let kind): kind.rawValue
        case .float: "float64"
        case .string: "string"
        case .html: "template.HTML"
        case .labels: "map[string]string"
        case .arguments: "map[string]interface {}"
        case .samples: "template.queryResult"
        case .sample: "*template.sample"
        case .time: "time.Time"
        case .pointer(let type): "*" + type.name
        case .alert:
            "struct { Labels map[string]string; ExternalLabels map[string]string; "
                + "ExternalURL string; Value interface {} }"
        case .any: "interface {}"
        case .reflected: "reflect.Value"
        }
    }

    /// The name of what a pointer of this type points to; of other types their own.
    var pointeeName: String {
        switch self {
        case .sample: "template.sample"
        case .pointer(let type): type.pointeeName
        default: name
        }
    }

    var canBeNil: Bool {
        switch self {
        case .labels, .arguments, .samples, .sample, .pointer, .any, .reflected: true
        case .bool, .whole, .float, .string, .html, .time, .alert: false
        }
    }
}
