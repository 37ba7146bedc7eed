// TemplateStatement: what a template consists of: texts, actions, branches and loops.

indirect enum TemplateStatement: Sendable {
    case text(String)
    case action(TemplatePipeline, site: Int)
    case choice(TemplateBranch)
    /// Like a choice, and the value becomes the dot.
    case with(TemplateBranch)
    case range(TemplateBranch)
    case invocation(name: String, TemplatePipeline?, site: Int)
    case `break`
    case `continue`

    /// Whether nothing but spaces stands here: such a definition gives way to another.
    var isBlank: Bool {
        guard case .text(let text) = self else { return false }
        return text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
}

/// A condition or a collection, and what is done with it.
struct TemplateBranch: Sendable {
    var pipeline: TemplatePipeline
    var body: [TemplateStatement]
    var otherwise: [TemplateStatement]
}

/// Commands in turn, each handing its value to the next: `$value | humanize`.
struct TemplatePipeline: Sendable {
    var site: Int
    /// The variables that take the value.
    var variables: [String] = []
    /// Whether they exist already: `=` and not `:=`.
    var assigns = false
    var commands: [TemplateCommand] = []

    var source: String {
        let value = commands.map { TemplateCommand.source($0.operands) }.joined(separator: " | ")
        guard !variables.isEmpty else { return value }
        return variables.joined(separator: ", ") + (assigns ? " = " : " := ") + value
    }
}

/// A function or value, and its arguments.
struct TemplateCommand: Sendable {
    var site: Int
    /// Never empty.
    var operands: [TemplateOperand]

    static func source(_ operands: [TemplateOperand]) -> String {
        operands.map { operand in
            guard case .pipeline(let pipeline) = operand.kind else { return operand.kind.source }
            return "(\(pipeline.source))"
        }
        .joined(separator: " ")
    }
}

/// One word of a command.
struct TemplateOperand: Sendable {
    indirect enum Kind: Sendable {
        case function(TemplateFunction)
        case field([String])
        /// A variable and the fields that are taken of it.
        case variable(String, [String])
        case chain(TemplateOperand, [String])
        case pipeline(TemplatePipeline)
        case dot
        case null
        case bool(Bool)
        case number(TemplateNumber)
        case string(String, literal: String)

        var source: String {
            switch self {
            case .function(let function): function.name
            case .field(let names): names.map { "." + $0 }.joined()
            case .variable(let name, let names): ([name] + names).joined(separator: ".")
            case .chain(let operand, let names):
                TemplateCommand.source([operand]) + names.map { "." + $0 }.joined()
            case .pipeline(let pipeline): pipeline.source
            case .dot: "."
            case .null: "nil"
            case .bool(let value): value ? "true" : "false"
            case .number(let number): number.literal
            case .string(_, let literal): literal
            }
        }
    }

    var site: Int
    var kind: Kind
}
