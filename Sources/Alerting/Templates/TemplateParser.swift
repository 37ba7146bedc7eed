// TemplateParser: a template's tokens read into statements.

/// Reads statements; pipelines are read in an extension.
///
/// The order in which things are looked at, and so which of two faults is told, is Go's.
struct TemplateParser {
    /// Deeper than any rule nests, and shallow enough for the stack.
    static let maximumDepth = 100

    private let tokens: [TemplateToken]
    private var next = 0
    /// The last token looked at: messages give its line.
    private var furthest = 0
    var program: TemplateProgram
    var depth = 0
    var scope = Scope()

    /// What a definition does not share with the text around it.
    struct Scope {
        var variables = ["$"]
        var loops = 0
        /// The line on which the action being read began; 0 outside of actions.
        var actionLine = 0
    }

    static func parse(_ text: String, name: String) throws(TemplateError) -> TemplateProgram {
        var parser = TemplateParser(text, name: name)
        while parser.peek().kind != .end { try parser.parseTopLevel() }
        return parser.program
    }

    private init(_ text: String, name: String) {
        tokens = TemplateLexer.tokens(of: text)
        program = TemplateProgram(name: name, text: text)
    }

    private mutating func parseTopLevel() throws(TemplateError) {
        if peek().kind == .leftDelimiter {
            let mark = next
            take()
            if takeAfterSpace().kind == .keyword(.define) { return try parseDefinition() }
            next = mark
        }
        switch try parseStatement() {
        case .statement(let statement): program.body.append(statement)
        case .end: throw fault("unexpected {{end}}")
        case .else: throw fault("unexpected {{else}}")
        }
    }

    /// What one text or action is.
    private enum Item {
        case statement(TemplateStatement)
        case end
        case `else`

        var isEnd: Bool { if case .end = self { true } else { false } }
        var named: String { isEnd ? "{{end}}" : "{{else}}" }
    }

    private mutating func parseDefinition() throws(TemplateError) {
        let name = try parseName("define clause")
        try expect(.rightDelimiter, "define clause")
        try define(name, "define clause")
    }

    /// Reads a definition's body and remembers it; of two with one name, one has to be blank.
    private mutating func define(_ name: String, _ context: String) throws(TemplateError) {
        let outer = scope
        defer { scope = outer }
        scope = Scope()
        let (body, last) = try parseList()
        guard last.isEnd else { throw fault("unexpected \(last.named) in \(context)") }
        let isBlank = body.allSatisfy(\.isBlank)
        let existing = program.definitions[name]
        if existing?.allSatisfy(\.isBlank) ?? true {
            program.definitions[name] = body
        } else if !isBlank {
            throw fault("template: multiple definition of template \(GoLiteral.quoted(name))")
        }
    }

    /// The statements up to an `end` or `else`.
    private mutating func parseList() throws(TemplateError) -> ([TemplateStatement], Item) {
        try deepen()
        defer { depth -= 1 }
        var statements: [TemplateStatement] = []
        while peekAfterSpace().kind != .end {
            let item = try parseStatement()
            guard case .statement(let statement) = item else { return (statements, item) }
            statements.append(statement)
        }
        throw fault("unexpected EOF")
    }

    private mutating func parseStatement() throws(TemplateError) -> Item {
        let token = takeAfterSpace()
        switch token.kind {
        case .text: return .statement(.text(token.text))
        case .leftDelimiter:
            scope.actionLine = token.line
            defer { scope.actionLine = 0 }
            return try parseAction()
        default: throw unexpected(token, "input")
        }
    }

    private mutating func parseAction() throws(TemplateError) -> Item {
        guard case .keyword(let keyword) = peekAfterSpace().kind, keyword != .define else {
            let pipeline = try parsePipeline("command")
            let start = program.sites[pipeline.site].position
            return .statement(.action(pipeline, site: site(at: start, .action(pipeline))))
        }
        takeAfterSpace()
        switch keyword {
        case .if: return .statement(.choice(try parseBranch(.if)))
        case .with: return .statement(.with(try parseBranch(.with)))
        case .range: return .statement(.range(try parseBranch(.range)))
        case .template: return .statement(try parseInvocation())
        case .block: return .statement(try parseBlock())
        case .break: return .statement(try parseJump(.break, "{{break}}"))
        case .continue: return .statement(try parseJump(.continue, "{{continue}}"))
        case .else: return try parseElse()
        case .end, .define:
            try expect(.rightDelimiter, "end")
            return .end
        }
    }

    private mutating func parseJump(
        _ statement: TemplateStatement, _ named: String
    ) throws(TemplateError) -> TemplateStatement {
        try expect(.rightDelimiter, named)
        guard scope.loops > 0 else { throw fault("\(named) outside {{range}}") }
        return statement
    }

    /// An `else`, which an `if` or `with` in the same action follows as if it were nested.
    private mutating func parseElse() throws(TemplateError) -> Item {
        switch peekAfterSpace().kind {
        case .keyword(.if), .keyword(.with): break
        default: try expect(.rightDelimiter, "else")
        }
        return .else
    }

    private mutating func parseBranch(
        _ keyword: TemplateKeyword
    ) throws(TemplateError) -> TemplateBranch {
        let visible = scope.variables.count
        defer { scope.variables.removeLast(scope.variables.count - visible) }
        let pipeline = try parsePipeline(keyword.rawValue)
        if keyword == .range { scope.loops += 1 }
        let (body, last) = try parseList()
        if keyword == .range { scope.loops -= 1 }
        guard !last.isEnd else {
            return TemplateBranch(pipeline: pipeline, body: body, otherwise: [])
        }
        let otherwise = try parseAlternative(to: keyword)
        return TemplateBranch(pipeline: pipeline, body: body, otherwise: otherwise)
    }

    private mutating func parseAlternative(
        to keyword: TemplateKeyword
    ) throws(TemplateError) -> [TemplateStatement] {
        if keyword != .range, peek().kind == .keyword(keyword) {
            take()
            try deepen()
            defer { depth -= 1 }
            let branch = try parseBranch(keyword)
            return [keyword == .if ? .choice(branch) : .with(branch)]
        }
        let (otherwise, last) = try parseList()
        guard last.isEnd else { throw fault("expected end; found \(last.named)") }
        return otherwise
    }

    private mutating func parseInvocation() throws(TemplateError) -> TemplateStatement {
        let start = peekAfterSpace().position
        let name = try parseName("template clause")
        var pipeline: TemplatePipeline?
        if peekAfterSpace().kind == .rightDelimiter {
            takeAfterSpace()
        } else {
            pipeline = try parsePipeline("template clause")
        }
        let site = site(at: start, .invocation(name: name, pipeline))
        return .invocation(name: name, pipeline, site: site)
    }

    /// A definition that is invoked where it stands.
    private mutating func parseBlock() throws(TemplateError) -> TemplateStatement {
        let start = peekAfterSpace().position
        let name = try parseName("block clause")
        let pipeline = try parsePipeline("block clause")
        try define(name, "block clause")
        let site = site(at: start, .invocation(name: name, pipeline))
        return .invocation(name: name, pipeline, site: site)
    }

    private mutating func parseName(_ context: String) throws(TemplateError) -> String {
        let token = takeAfterSpace()
        guard token.kind == .string || token.kind == .rawString else {
            throw unexpected(token, context)
        }
        guard let name = GoLiteral.unquoted(token.text) else { throw fault("invalid syntax") }
        return name
    }
}

extension TemplateParser {
    mutating func peek() -> TemplateToken {
        // The last token is an end or a fault, so that there is always one to look at.
        furthest = max(furthest, min(next, tokens.count - 1))
        return tokens[min(next, tokens.count - 1)]
    }

    @discardableResult
    mutating func take() -> TemplateToken {
        let token = peek()
        next += 1
        return token
    }

    mutating func peekAfterSpace() -> TemplateToken {
        while peek().kind == .space { next += 1 }
        return peek()
    }

    @discardableResult
    mutating func takeAfterSpace() -> TemplateToken {
        _ = peekAfterSpace()
        return take()
    }

    /// The place in the text, to come back to.
    var mark: Int {
        get { next }
        set { next = newValue }
    }

    mutating func expect(_ kind: TemplateToken.Kind, _ context: String) throws(TemplateError) {
        let token = takeAfterSpace()
        guard token.kind == kind else { throw unexpected(token, context) }
    }

    mutating func deepen() throws(TemplateError) {
        guard depth < Self.maximumDepth else { throw fault("max expression depth exceeded") }
        depth += 1
    }

    mutating func site(at position: Int, _ part: TemplateSite.Part) -> Int {
        program.sites.append(TemplateSite(position: position, part: part))
        return program.sites.count - 1
    }

    func fault(_ reason: String) -> TemplateError {
        TemplateError(
            description: "template: \(program.name):\(tokens[furthest].line): \(reason)")
    }

    func unexpected(_ token: TemplateToken, _ context: String) -> TemplateError {
        guard token.kind == .fault else { return fault("unexpected \(token.named) in \(context)") }
        guard scope.actionLine != 0, scope.actionLine != token.line else {
            return fault(token.text)
        }
        let action = token.text.hasSuffix(" action") ? "" : " in action"
        return fault("\(token.text)\(action) started at \(program.name):\(scope.actionLine)")
    }
}
