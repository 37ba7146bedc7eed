// Switchboard: switches that are alerts while they are on, and a pager that is told of them.
import Foundation
import Network
import Synchronization
import TestKit

/// Serves `/metrics` and takes Alertmanager's webhooks; the alerts are called `SwitchOn`.
final class Switchboard: Sendable {
    /// `firing 3`, `resolved 3`: what the pager was told of a switch.
    let calls = Heard<String>()
    let count: Int
    private let on = Mutex<Set<Int>>([])
    private let folder: TemporaryFolder

    init(_ count: Int) throws {
        self.count = count
        folder = try TemporaryFolder()
    }

    /// A file or folder beside the configuration.
    func path(_ name: String) -> String { folder.path(name) }

    /// Those that are on.
    var switchedOn: Set<Int> { on.withLock { $0 } }

    func turn(_ number: Int, on isOn: Bool) {
        on.withLock { on in
            if isOn { on.insert(number) } else { on.remove(number) }
        }
    }

    func flip(_ number: Int) { turn(number, on: !switchedOn.contains(number)) }

    func answer(_ request: HTTPServer.Request) -> HTTPServer.Response {
        if request.method == "POST" {
            hear(request.body)
            return .text(200, "")
        }
        let on = switchedOn
        let lines = (0..<count).map { "switch{n=\"\($0)\"} \(on.contains($0) ? 1 : 0)\n" }
        return .text(200, lines.joined(), type: "text/plain; version=0.0.4")
    }

    private func hear(_ body: [UInt8]) {
        let notice = try? JSONDecoder().decode(Notice.self, from: Data(body))
        for alert in notice?.alerts ?? [] {
            calls.hear("\(alert.status) \(alert.labels["n"] ?? "?")")
        }
    }

    private struct Notice: Decodable {
        struct Alert: Decodable {
            var status: String
            var labels: [String: String]
        }

        var alerts: [Alert]
    }

    /// Writes what `clawtop watch` is told, for a store as it stands in configurations.
    ///
    /// - Returns: the configuration's path.
    func configure(store: String, at url: String) throws -> String {
        try """
        groups:
          - name: switches
            interval: 1s
            rules:
              - alert: SwitchOn
                expr: switch == 1
                labels: {severity: critical}
        """.write(toFile: path("rules.yaml"), atomically: true, encoding: .utf8)
        try """
        store: \(store)
        default_rules: false
        rules: [rules.yaml]
        feeds:
          metrics:
            - metrics: \(url)/metrics
              interval: 1s
        notify:
          - webhook: \(url)/hook
            name: pager
            group_by: ['...']
            group_wait: 0s
            group_interval: 1s
        """.write(toFile: path("clawtop.yaml"), atomically: true, encoding: .utf8)
        return path("clawtop.yaml")
    }
}
