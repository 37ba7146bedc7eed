// SagaProgress: a saga's steps as its spans tell them.
import Events

/// One direction of a step: how often it was tried, and how it went.
package struct SagaAttempt: Sendable, Equatable {
    package var tries = 0
    package var succeeded = false
    /// The last error's text.
    package var error: String?

    package var isFailing: Bool { tries > 0 && !succeeded }
}

/// One step of a saga, and its compensation.
package struct SagaStep: Sendable, Equatable {
    package var name: String
    /// The service that last worked on it.
    package var service: String
    package var action = SagaAttempt()
    package var undo = SagaAttempt()
}

/// What spans told of sagas; sagas and spans may come in any order.
struct SagaProgressBook: Sendable, Equatable {
    /// Sagas kept, and spans of each.
    private static let mostSagas = 4000
    private static let mostSpans = 100

    private struct Sighting: Sendable, Equatable {
        var span: UInt64
        var at: Instant
        var service: String
        var mark: SagaMark
        /// Only one half of a call counts as a try: the server's.
        var isTry: Bool
    }

    private var sightings: [String: [Sighting]] = [:]
    /// Sagas in the order in which they were first seen.
    private var order: [String] = []

    /// Whether any span told of a saga.
    mutating func observe(_ spans: [SpanRecord], replacing: [UInt64]) -> Bool {
        let marked = spans.filter { $0.saga != nil }
        guard !marked.isEmpty else { return false }
        let replaced = Set(replacing)
        for span in marked {
            guard let mark = span.saga else { continue }
            if sightings[mark.saga] == nil { order.append(mark.saga) }
            var known = sightings[mark.saga] ?? []
            known.removeAll { $0.span == span.id || replaced.contains($0.span) }
            known.append(
                Sighting(
                    span: span.id, at: span.start, service: span.service, mark: mark,
                    isTry: span.kind != .client && span.kind != .producer))
            known.sort { $0.at == $1.at ? $0.span < $1.span : $0.at < $1.at }
            sightings[mark.saga] = known.suffix(Self.mostSpans)
        }
        while order.count > Self.mostSagas { sightings[order.removeFirst()] = nil }
        return true
    }

    mutating func forget(_ saga: String) {
        guard sightings.removeValue(forKey: saga) != nil else { return }
        order.removeAll { $0 == saga }
    }

    func sagas(through service: String) -> Set<String> {
        Set(sightings.lazy.filter { $0.value.contains { $0.service == service } }.map(\.key))
    }

    func services(of saga: String) -> Set<String> {
        Set((sightings[saga] ?? []).lazy.map(\.service))
    }

    /// The steps in the order in which they were first done.
    func steps(of saga: String) -> [SagaStep] {
        let known = sightings[saga] ?? []
        let onlyClients = !known.contains(where: \.isTry)
        var steps: [SagaStep] = []
        for sighting in known where sighting.isTry || onlyClients {
            let name = sighting.mark.step
            let index =
                steps.firstIndex { $0.name == name }
                ?? {
                    steps.append(SagaStep(name: name, service: sighting.service))
                    return steps.count - 1
                }()
            steps[index].service = sighting.service
            switch sighting.mark.action {
            case .do: steps[index].action.note(sighting.mark)
            case .undo: steps[index].undo.note(sighting.mark)
            }
        }
        return steps
    }
}

extension SagaAttempt {
    fileprivate mutating func note(_ mark: SagaMark) {
        tries += 1
        succeeded = mark.error == nil
        error = mark.error ?? error
    }
}
