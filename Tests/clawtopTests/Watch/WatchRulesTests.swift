// WatchRulesTests: alerts of `clawtop watch` over restarts, a dead target and changed rule files.
import Foundation
import Glibc
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct WatchRulesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func rules(_ rules: (name: String, expression: String)...) throws {
        let rules = rules.map { "{alert: \($0.name), expr: '\($0.expression)'}" }
        try folder.write(
            "groups: [{name: g, interval: 1s, rules: [\(rules.joined(separator: ", "))]}]",
            to: "rules.yml")
    }

    /// A target that has the metric `heat`, and a `clawtop watch` with one rule over it.
    private func configure(environment: String = "shop", at url: String) throws {
        try folder.write(
            """
            environment: \(environment)
            default_rules: false
            rules: [rules.yml]
            feeds: {metrics: [{metrics: '\(url)', name: oven, interval: 1s}]}
            """, to: "\(environment).yaml")
    }

    private func watch(_ environment: String = "shop") throws -> WatchProgram {
        try WatchProgram(folder.path("\(environment).yaml"), state: folder.path("state"))
    }

    private func since(_ watch: WatchProgram) -> String? {
        watch.lines.all.first { $0.contains(#""event":"firing""#) }
            .flatMap { $0.split(separator: "\"since\":\"").last?.prefix { $0 != "\"" } }
            .map(String.init)
    }

    /// Nobody tells when it is written.
    private func isKept(_ word: String) async throws -> Bool {
        let memories = folder.path("state/clawtop/alerts")
        for _ in 1...600 {
            let files = (try? FileManager.default.contentsOfDirectory(atPath: memories)) ?? []
            for file in files {
                let text = try? String(contentsOfFile: "\(memories)/\(file)", encoding: .utf8)
                if text?.contains(word) == true { return true }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test(arguments: [SIGTERM, SIGKILL])
    func `over a restart an alert fires on, and in another environment it does not`(
        signal: Int32
    ) async throws {
        let server = try HTTPServer { _ in .text(200, "heat 5\n") }
        try rules(("Hot", "heat > 3"))
        try configure(at: server.url)
        try configure(environment: "attic", at: "http://127.0.0.1:1")
        let first = try watch()
        #expect(await first.tells("firing"))
        if signal == SIGKILL { #expect(try await isKept("Hot")) }
        await first.end(signal)
        let second = try watch()
        #expect(await second.tells("firing"))
        #expect(await second.tells("leader_gained"))
        #expect(second.count("resolved") == 0)
        #expect(since(second) == since(first))
        await second.end(SIGTERM)
        let other = try watch("attic")
        #expect(await other.tells("leader_gained"))
        await other.end(SIGTERM)
        #expect(other.count("firing") == 0)
        await server.stop()
    }

    @Test func `a target that is gone resolves nothing, and a changed file is read by itself`()
        async throws
    {
        let server = try HTTPServer { _ in .text(200, "heat 5\n") }
        try rules(("Hot", "heat > 3"), ("Dead", "up == 0"))
        try configure(at: server.url)
        let watch = try watch()
        #expect(await watch.tells("firing"))
        await server.stop()
        #expect(await watch.tells("firing", times: 2))
        #expect(watch.count("resolved") == 0)
        // Only with its rule it is over.
        try rules(("Other", "vector(1)"))
        #expect(await watch.tells("firing", times: 3))
        #expect(await watch.tells("resolved", times: 2))
        await watch.end(SIGTERM)
    }
}
