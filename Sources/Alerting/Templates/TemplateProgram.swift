// TemplateProgram: a parsed template: its statements, its definitions, and where each part stands.

/// What a text means, with what error messages need of it.
struct TemplateProgram: Sendable {
    var name: String
    var text: String
    var body: [TemplateStatement] = []
    /// What `define` and `block` named.
    var definitions: [String: [TemplateStatement]] = [:]
    /// Every part that an error can be found at, by its number.
    var sites: [TemplateSite] = []
    let patterns = TemplatePatterns()

    /// Go's sentence for a failure: the place, the template, the part as written, the reason.
    func failure(at site: Int, in template: String, _ reason: String) -> ExpansionFailure {
        guard sites.indices.contains(site) else {
            return ExpansionFailure(message: "template: \(name): \(reason)")
        }
        let before = text.utf8.prefix(sites[site].position)
        let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let column =
            before.lastIndex(of: UInt8(ascii: "\n")).map {
                before.distance(from: before.index(after: $0), to: before.endIndex)
            } ?? before.count
        return ExpansionFailure(
            message: "template: \(name):\(line):\(column): "
                + "executing \(GoLiteral.quoted(template)) at <\(sites[site].source)>: \(reason)")
    }
}

/// A part of a template, for messages: where it begins, in bytes, and what it is.
struct TemplateSite: Sendable {
    enum Part: Sendable {
        case operand(TemplateOperand.Kind)
        case command([TemplateOperand])
        case pipeline(TemplatePipeline)
        case action(TemplatePipeline)
        case invocation(name: String, TemplatePipeline?)
    }

    var position: Int
    var part: Part

    /// The part as Go writes it back.
    var source: String {
        switch part {
        case .operand(let kind): kind.source
        case .command(let operands): TemplateCommand.source(operands)
        case .pipeline(let pipeline): pipeline.source
        case .action(let pipeline): "{{\(pipeline.source)}}"
        case .invocation(let name, let pipeline):
            "{{template \(GoLiteral.quoted(name))\(pipeline.map { " " + $0.source } ?? "")}}"
        }
    }
}
