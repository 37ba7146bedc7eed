// SagaMetrics: sagas by state, their ages, and which need a human, as samples.
import Events

/// A kind of saga in one state.
struct SagaStatus: Hashable, Sendable {
    var saga: String
    var state: SagaState

    /// Of each kind that is known there are samples of these, 0 where there is no such saga.
    static let alwaysTold: [SagaState] = [.running, .compensating, .failed]
}

extension Sagas {
    func samples(at now: Instant) -> [MetricSample] {
        var counts: [SagaStatus: Int] = [:]
        var ages: [SagaStatus: Duration] = [:]
        var stuck: [[String]: Int] = [:]
        for entry in all {
            let status = SagaStatus(saga: entry.saga.name, state: entry.saga.state)
            for state in SagaStatus.alwaysTold {
                counts[SagaStatus(saga: entry.saga.name, state: state), default: 0] += 0
            }
            counts[status, default: 0] += 1
            if !entry.isOver {
                let age = now - (entry.saga.started ?? entry.since)
                ages[status] = max(ages[status] ?? .zero, age)
            }
            guard entry.stuck != nil else { continue }
            stuck[[entry.saga.name, failingService(of: entry)], default: 0] += 1
        }
        return counts.map { MetricSample("saga_instances", $0.key.labels, Double($0.value)) }
            + ages.map {
                MetricSample(
                    "saga_oldest_age_seconds", $0.key.labels, Double($0.value.milliseconds) / 1000)
            }
            + stuck.map {
                MetricSample(
                    "saga_stuck_instances", ["saga": $0.key[0], "service": $0.key[1]],
                    Double($0.value))
            }
            + transitions.map {
                MetricSample("saga_transitions_total", $0.key.labels, Double($0.value))
            }
    }

    /// The service whose step cannot be undone; empty where no span told of one.
    private func failingService(of entry: SagaEntry) -> String {
        steps(of: entry.saga).last { $0.undo.isFailing }?.service ?? ""
    }
}

extension SagaStatus {
    fileprivate var labels: KeyValuePairs<String, String> {
        ["saga": saga, "status": state.rawValue]
    }
}
