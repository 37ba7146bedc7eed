// Supervision: a feed run as its supervisor runs it, again after each failure.
import Events
import Feeds
import Network
import TestKit

struct NoResolver: ServiceResolver {
    func addresses(of service: String, onlyPassing: Bool) async -> [String] { [] }
}

/// Runs `feed` until `listener` has no pause left, a second after each failure; returns the failures.
@discardableResult
func supervise(_ feed: any Feed, _ listener: any FeedOutput) async -> [String] {
    var failures: [String] = []
    while true {
        do {
            try await feed.run(listener)
        } catch let error as FeedError {
            failures.append("\(error)")
        } catch {
            return failures
        }
        guard (try? await listener.pause(for: .seconds(1))) != nil else { return failures }
    }
}

extension Listener {
    var sagaEvents: [SagaEvent] {
        events.compactMap { event in
            guard case .sagas(_, let told) = event else { return nil }
            return told
        }
    }

    /// The sagas as a world would have them now.
    var sagas: [String: Saga] {
        sagaEvents.reduce(into: [:]) { known, event in
            switch event {
            case .listed(let sagas):
                known = Dictionary(uniqueKeysWithValues: sagas.map { ($0.id, $0) })
            case .changed(let sagas): for saga in sagas { known[saga.id] = saga }
            }
        }
    }

    var traceEvents: [TraceEvent] {
        events.compactMap { event in
            guard case .traces(_, let told) = event else { return nil }
            return told
        }
    }

    /// The spans as a world would have them now; one that is told twice is in it twice.
    var spans: [SpanRecord] {
        traceEvents.reduce(into: []) { known, event in
            guard case .observed(let spans, let replaced) = event else { return }
            let gone = Set(replaced)
            known.removeAll { gone.contains($0.id) }
            known += spans
        }
    }
}
