// RecordText: everything the world holds of one row, field by field.
import Drawing
import Events
import WorldModel

enum RecordText {
    static func lines(_ row: RowID, _ scene: Scene) -> [[Span]] {
        guard let record = record(row, scene) else {
            return [[Span("no longer known", .muted)]]
        }
        return describe(record, depth: 0).prefix(5000).map(\.self)
    }

    private static func record(_ row: RowID, _ scene: Scene) -> Any? {
        switch row {
        case .service(let name): scene.world.registry[name] ?? scene.world.traces.traffic[name]
        case .instance(let id): scene.instance(id)
        case .check(let id, let check): scene.instance(id)?.told.checks.first { $0.id == check }
        case .saga(let id), .step(let id, _): scene.world.sagas[id.feed, id.id]
        case .feed(let id): scene.world.feeds[id]
        case .alert(let id): scene.world.alerts[id]
        case .alerts(let id): scene.world.alerts.members(of: id).prefix(50)
        case .rule(let id): scene.world.alerts.rule(id)
        case .mute(let id): scene.world.book.mute(id)
        case .problem(let place):
            scene.world.problems.indices.contains(place)
                ? Problem(text: scene.world.problems[place]) : nil
        case .change(let number): scene.world.changes[number]
        case .configuration(let id), .field(let id, _): scene.world.config[id.feed, id.key]
        case .operation(let service, let name, let kind):
            scene.world.traces.row(
                OperationKey(service: service, operation: name, kind: kind),
                over: Traces.recent, at: scene.now)
        case .call(let caller, let callee):
            scene.world.traces.calls.first { $0.caller == caller && $0.callee == callee }
        case .line: nil
        }
    }

    /// One line for each field, what is inside of it indented below.
    private static func describe(_ value: Any, depth: Int) -> [[Span]] {
        if let labels = value as? Labels {
            return labels.pairs.flatMap { line($0.name, $0.value, depth: depth) }
        }
        return Mirror(reflecting: value).children.flatMap { label, child in
            line(label ?? "-", child, depth: depth)
        }
    }

    private static func line(_ label: String, _ child: Any, depth: Int) -> [[Span]] {
        let indent = String(repeating: "  ", count: min(depth, 12))
        let name = Span("\(indent)\(label)  ", .muted)
        guard let value = unwrapped(child) else { return [[name, Span("not known", .faint)]] }
        if let word = word(value) { return [[name, Span(word, .text)]] }
        let inner = describe(value, depth: depth + 1)
        return inner.isEmpty ? [[name, Span("none", .faint)]] : [[name]] + inner
    }

    /// The value of an optional; nil where it has none.
    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first.flatMap { unwrapped($0.value) }
    }

    private static func word(_ value: Any) -> String? {
        switch value {
        case let text as String: String(text.prefix(2000))
        case let moment as Instant: moment.timestamp
        case let number as any Numeric: "\(number)"
        case let flag as Bool: flag ? "yes" : "no"
        case let state as any RawRepresentable<String>: state.rawValue
        default: nil
        }
    }
}

/// What is wrong with the rules has one field only.
private struct Problem {
    var text: String
}
