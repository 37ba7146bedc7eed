// SagaSentences: how one saga stands, in words.
import Drawing
import Events
import Wording
import WorldModel

enum SagaSentences {
    static func title(_ id: SagaID, _ entry: SagaEntry?) -> String {
        "\(entry?.saga.name ?? "saga") \(id.id)"
    }

    static func sum(_ entry: SagaEntry?, _ scene: Scene) -> [Span] {
        guard let entry else { return [Span("no longer known", .muted)] }
        let words = "\(entry.word) for \(scene.age(since: entry.since))"
        return joined([[Span(words, entry.style)], scene.source(.sagas)])
    }

    static func of(_ entry: SagaEntry?, _ scene: Scene) -> [Span] {
        guard let entry else {
            return [Span("Its engine has forgotten it, or it ended long ago.", .muted)]
        }
        let saga = entry.saga
        var spans = [Span("\(entry.feed) calls it \(saga.engineState).", .text)]
        if let stuck = entry.stuck { spans.append(Span("Stuck: \(stuck.firstLine).", .critical)) }
        if let started = saga.started {
            let words = "Began \(started.clock), \(scene.age(since: started)) ago"
            spans.append(Span(words, .muted))
            spans.append(Span(saga.ending.map { "; ending since \($0.clock)." } ?? ".", .muted))
        }
        if let parent = saga.parent { spans.append(Span("Nested in \(parent).", .muted)) }
        return spans
    }
}
