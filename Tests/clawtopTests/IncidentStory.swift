// IncidentStory: an incident of the demo, what becomes of it, and the shell in which it is taken.
import Foundation
import TestKit
import Testing

/// An incident, the alert that it raises, and how that gets worse.
struct IncidentStory: Sendable, CustomTestStringConvertible {
    enum Worsening: Sendable {
        /// Started once more it takes along another one of the group, whose label this is.
        case another(String)
        /// It cannot get worse than it is: it comes back after it was over.
        case relapse
    }

    var incident: String
    var alert: String
    /// A label that tells it from others of its name.
    var label: String?
    var worsening = Worsening.relapse

    var testDescription: String { incident }

    static let crash = IncidentStory(
        incident: "crashed-instance", alert: "InstanceCritical", label: "instance=payment-2",
        worsening: .another("instance=payment-3"))
    static let deadRegistry = IncidentStory(incident: "dead-registry", alert: "FeedBlind")
    static let badConfig = IncidentStory(
        incident: "bad-config", alert: "ConfigDrift", label: "service=payment")
    static let stuck = IncidentStory(
        incident: "stuck-compensation", alert: "SagaStuck", label: "service=payment")
    static let flapping = IncidentStory(
        incident: "flapping-check", alert: "CheckFlapping", label: "service=inventory")
    static let slow = IncidentStory(
        incident: "slow-payment", alert: "LatencyBurn", label: "service=payment")

    /// Those of a run are told at the same time, each on a fleet of its own.
    static let runs = [[crash, deadRegistry, badConfig], [stuck, flapping, slow]]
}

/// Where commands are typed while the screen goes on.
struct Shell: Sendable {
    var state: String
    var options: String

    private struct Alert: Decodable {
        struct Entry: Decodable { var event: String }
        var name: String
        var labels: [String: String]
        var history: [Entry]
    }

    /// Not on a thread of the pool: a command waits for its store.
    private func run(_ line: String) async throws -> Ended {
        let words = "\(line) \(options)".split(separator: " ").map(String.init)
        return try await withCheckedThrowingContinuation { ended in
            DispatchQueue.global().async {
                ended.resume(
                    with: Result {
                        try TestKit.run("env", ["XDG_STATE_HOME=\(state)", builtProgram] + words)
                    })
            }
        }
    }

    func expect(
        _ line: String, ends code: Int32, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let ended = try await run(line)
        #expect(ended.code == code, "\(line): \(ended.printed)", sourceLocation: sourceLocation)
    }

    /// What stands in an alert's history, without who was told of it.
    func history(of story: IncidentStory) async throws -> [String] {
        let text = try await run("alerts --all --format json").printed
        let json = try #require(text.firstIndex(of: "["))
        let alerts = try JSONDecoder().decode([Alert].self, from: Data(text[json...].utf8))
        let alert = alerts.first { alert in
            alert.name == story.alert
                && story.label.map { label in
                    alert.labels.contains { "\($0.key)=\($0.value)" == label }
                } ?? true
        }
        return alert?.history.map(\.event).filter { $0 != "notified" } ?? []
    }
}
