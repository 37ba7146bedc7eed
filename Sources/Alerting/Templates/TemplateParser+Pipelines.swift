// TemplateParser+Pipelines: what stands inside an action: pipelines, commands, operands.

extension TemplateParser {
    /// Reads declarations and commands up to the action's end, or to a closing parenthesis.
    mutating func parsePipeline(
        _ context: String, closing: TemplateToken.Kind = .rightDelimiter
    ) throws(TemplateError) -> TemplatePipeline {
        let start = peekAfterSpace().position
        var pipeline = TemplatePipeline(site: -1)
        try parseDeclarations(of: &pipeline, context)
        while peekAfterSpace().kind != closing {
            guard peek().kind.beginsOperand else { throw unexpected(take(), context) }
            pipeline.commands.append(try parseCommand())
        }
        take()
        try check(pipeline, context)
        pipeline.site = site(at: start, .pipeline(pipeline))
        return pipeline
    }

    /// Takes `$a :=`, `$a =` or, in a range, `$a, $b :=`.
    private mutating func parseDeclarations(
        of pipeline: inout TemplatePipeline, _ context: String
    ) throws(TemplateError) {
        while peekAfterSpace().kind == .variable {
            let start = mark
            let variable = take().text
            let following = peekAfterSpace()
            let isComma = following.kind == .other && following.text == ","
            guard isComma || following.kind == .declare || following.kind == .assign else {
                mark = start
                return
            }
            take()
            guard scope.variables.count < TemplateBudget.visibleVariables else {
                throw fault("too many variables")
            }
            pipeline.variables.append(variable)
            scope.variables.append(variable)
            pipeline.assigns = following.kind == .assign
            guard isComma else { return }
            guard context == "range", pipeline.variables.count < 2 else {
                throw fault("too many declarations in \(context)")
            }
            switch peekAfterSpace().kind {
            case .variable, .rightDelimiter, .rightParenthesis: break
            default: throw fault("range can only initialize variables")
            }
        }
    }

    private func check(_ pipeline: TemplatePipeline, _ context: String) throws(TemplateError) {
        guard !pipeline.commands.isEmpty else { throw fault("missing value for \(context)") }
        for (index, command) in pipeline.commands.enumerated().dropFirst() {
            switch command.operands.first?.kind {
            case .bool, .dot, .null, .number, .string:
                throw fault("non executable command in pipeline stage \(index + 1)")
            default: break
            }
        }
    }

    private mutating func parseCommand() throws(TemplateError) -> TemplateCommand {
        let start = peekAfterSpace().position
        var operands: [TemplateOperand] = []
        reading: while true {
            _ = peekAfterSpace()
            if let operand = try parseOperand() { operands.append(operand) }
            let token = peek()
            switch token.kind {
            case .space: take()
            case .rightDelimiter, .rightParenthesis: break reading
            case .pipe:
                take()
                break reading
            default:
                take()
                throw unexpected(token, "operand")
            }
        }
        guard !operands.isEmpty else { throw fault("empty command") }
        return TemplateCommand(site: site(at: start, .command(operands)), operands: operands)
    }

    /// A term and the fields taken of it; nil where no operand begins.
    private mutating func parseOperand() throws(TemplateError) -> TemplateOperand? {
        guard let term = try parseTerm() else { return nil }
        guard peek().kind == .field else { return term }
        let start = peek().position
        var names: [String] = []
        while peek().kind == .field { names.append(String(take().text.dropFirst())) }
        switch term.kind {
        case .field(let first): return operand(.field(first + names), at: start)
        case .variable(let name, let first):
            return operand(.variable(name, first + names), at: start)
        case .bool, .string, .number, .null, .dot:
            throw fault("unexpected . after term \(GoLiteral.quoted(term.kind.source))")
        case .function, .pipeline, .chain: return operand(.chain(term, names), at: start)
        }
    }

    private mutating func parseTerm() throws(TemplateError) -> TemplateOperand? {
        let token = peekAfterSpace()
        guard token.kind.beginsOperand else { return nil }
        take()
        switch token.kind {
        case .identifier:
            guard let function = TemplateFunction.named(token.text) else {
                throw fault("function \(GoLiteral.quoted(token.text)) not defined")
            }
            return operand(.function(function), at: token.position)
        case .dot: return operand(.dot, at: token.position)
        case .null: return operand(.null, at: token.position)
        case .bool: return operand(.bool(token.text == "true"), at: token.position)
        case .field:
            return operand(.field([String(token.text.dropFirst())]), at: token.position)
        case .variable:
            guard scope.variables.contains(token.text) else {
                throw fault("undefined variable \(GoLiteral.quoted(token.text))")
            }
            return operand(.variable(token.text, []), at: token.position)
        case .leftParenthesis:
            try deepen()
            defer { depth -= 1 }
            let pipeline = try parsePipeline("parenthesized pipeline", closing: .rightParenthesis)
            let position = program.sites[pipeline.site].position
            return operand(.pipeline(pipeline), at: position)
        default: return operand(try parseConstant(token), at: token.position)
        }
    }

    private func parseConstant(
        _ token: TemplateToken
    ) throws(TemplateError) -> TemplateOperand.Kind {
        do throws(TemplateNumber.Fault) {
            switch token.kind {
            case .character: return .number(try TemplateNumber(character: token.text))
            case .number, .complex: return .number(try TemplateNumber(token.text))
            default: break
            }
        } catch {
            throw fault(error.message)
        }
        guard let text = GoLiteral.unquoted(token.text) else { throw fault("invalid syntax") }
        return .string(text, literal: token.text)
    }

    private mutating func operand(
        _ kind: TemplateOperand.Kind, at position: Int
    ) -> TemplateOperand {
        TemplateOperand(site: site(at: position, .operand(kind)), kind: kind)
    }
}

extension TemplateToken.Kind {
    /// Whether an operand can begin with this token.
    fileprivate var beginsOperand: Bool {
        switch self {
        case .bool, .character, .complex, .dot, .field, .identifier, .number, .null, .rawString,
            .string, .variable, .leftParenthesis:
            true
        default: false
        }
    }
}
