// TemplateFunction: what a template can call: a name, the types of its arguments, and its body.

/// A function or a method that templates call by name.
struct TemplateFunction: Sendable {
    typealias Body =
        @Sendable (inout TemplateExecution, [TemplateValue]) throws(CallFailure) -> TemplateValue

    var name: String
    var parameters: [TemplateType]
    /// The type of any further arguments; nil where there are none.
    var rest: TemplateType?
    /// For `and` and `or`: the truth at which they stop looking at arguments.
    var stopsAt: Bool?
    var body: Body

    init(
        _ name: String, _ parameters: [TemplateType], rest: TemplateType? = nil,
        stopsAt: Bool? = nil, body: @escaping Body
    ) {
        self.name = name
        self.parameters = parameters
        self.rest = rest
        self.stopsAt = stopsAt
        self.body = body
    }

    /// The type that the argument at an index is wanted in.
    func parameter(_ index: Int) -> TemplateType? {
        index < parameters.count ? parameters[index] : rest
    }

    static func named(_ name: String) -> Self? { table[name] }

    private static let table: [String: Self] = {
        let families = [
            logic, comparisons, indexing, printing, escaping, queries, humanizing, texts, links,
            times,
        ]
        let named = families.joined().map { ($0.name, $0) }
        return Dictionary(named, uniquingKeysWith: { first, _ in first })
    }()
}

extension TemplateFunction {
    /// A function of one text.
    init(_ name: String, text body: @escaping @Sendable (String) -> String) {
        self.init(name, [.string]) { _, values throws(CallFailure) in
            .string(body(values[0].text))
        }
    }
}

extension TemplateValue {
    /// The text of a string; the execution has seen to it that it is one.
    var text: String {
        switch self {
        case .string(let text), .html(let text): text
        default: ""
        }
    }

    /// The samples of a query's result; a nil one has none.
    var list: [TemplateSample] {
        if case .samples(let samples) = self { samples } else { [] }
    }
}
