// SagaWords: sagas, their steps and how they go, in a few words.
import Drawing
import Events
import Wording
import WorldModel

enum SagaWords {
    /// `2 stuck +3`: what goes through a service, the loudest in words; what only runs is quiet.
    static func load(of service: String, _ scene: Scene) -> [Span] {
        guard let load = scene.world.sagas.loads[service] else { return [] }
        let parts: [(Int, String, Style)] = [
            (load.stuck, "stuck", .critical), (load.failed, "failed", .critical),
            (load.compensating, "comp.", .progress),
        ]
        let loud = parts.filter { $0.0 > 0 }
        guard let (count, word, style) = loud.first else {
            return load.running > 0 ? [Span("\(grouped(load.running)) running", .faint)] : []
        }
        let others = loud.dropFirst().reduce(0) { $0 + $1.0 }
        let more = others > 0 ? [Span(" +\(grouped(others))", .muted)] : []
        return [Span("\(grouped(count)) \(word)", style)] + more
    }

    /// `34 running · 3 compensating · 2 stuck`.
    static func sum(_ entries: some Sequence<SagaEntry>) -> [Span] {
        var counts: [String: Int] = [:]
        for entry in entries { counts[entry.word, default: 0] += 1 }
        let words =
            ["stuck", "failed", "compensating", "running", "unknown"]
            + ["completed", "compensated", "ended"]
        return joined(
            words.compactMap { word in
                counts[word].map { [Span("\(grouped($0)) \(word)", style(of: word))] }
            })
    }

    private static func style(of word: String) -> Style {
        switch word {
        case "stuck", "failed": .critical
        case "compensating", "unknown": .progress
        default: .muted
        }
    }

    /// Why it is stuck, else which step it is at.
    static func standing(_ entry: SagaEntry, _ scene: Scene) -> [Span] {
        if let stuck = entry.stuck { return [Span(stuck, .text)] }
        let steps = scene.world.sagas.steps(of: entry.saga)
        guard let step = current(steps, entry.saga.state) else {
            return [Span(entry.saga.engineState, .muted)]
        }
        let verb = entry.saga.state == .compensating ? "undo " : ""
        let error = step.undo.error ?? step.action.error
        let reason = error.map { ": \($0.firstLine)" } ?? ""
        return [
            Span("step \(step.number) of \(steps.count) seen: \(verb)\(step.name)\(reason)", .muted)
        ]
    }

    private static func current(
        _ steps: [SagaStep], _ state: SagaState
    ) -> (number: Int, name: String, action: SagaAttempt, undo: SagaAttempt)? {
        let index =
            state == .compensating
            ? steps.firstIndex { $0.undo.tries > 0 } ?? steps.indices.last : steps.indices.last
        return index.map { ($0 + 1, steps[$0].name, steps[$0].action, steps[$0].undo) }
    }

    /// `create ✓  reserve ✓  pay ✗   undo: pay ✗ 6 tries  reserve ·`.
    static func steps(of entry: SagaEntry, _ scene: Scene) -> [Span] {
        let steps = scene.world.sagas.steps(of: entry.saga)
        let forward = steps.flatMap { [Span("\($0.name) ", .text)] + sign($0.action, scene.glyphs) }
        guard steps.contains(where: { $0.undo.tries > 0 }) || entry.saga.state == .compensating
        else { return forward }
        let back = steps.reversed().filter { $0.action.succeeded || $0.undo.tries > 0 }.flatMap {
            [Span("\($0.name) ", $0.undo.tries > 0 ? .text : .faint)] + sign($0.undo, scene.glyphs)
        }
        return forward + [Span("  undo: ", .faint)] + back
    }

    static func sign(_ attempt: SagaAttempt, _ glyphs: Glyphs) -> [Span] {
        guard attempt.tries > 0 else { return [Span("\(glyphs.notYet)  ", .faint)] }
        if attempt.succeeded { return [Span("\(glyphs.done)  ", .ok)] }
        let tries = attempt.tries > 1 ? "\(attempt.tries) tries  " : " "
        return [Span("\(glyphs.failed) \(tries)", .critical)]
    }
}
