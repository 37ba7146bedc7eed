// ConfigurationReloadTests: the dashboard goes by a configuration that is changed under it.
import Foundation
import TestKit
import Testing

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(5)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct ConfigurationReloadTests {
        private let folder: TemporaryFolder
        private let server: LoopbackServer

        init() throws {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\n"
            server = try LoopbackServer(.send(head + "heat 1\n"))
            folder = try TemporaryFolder()
        }

        @Test func `a changed configuration is taken, a broken one is said, and nobody is moved`()
            async throws
        {
            try configure("feeds: {metrics: [{metrics: '\(server.url)', name: oven}]}")
            let tmux = try dashboard(width: 80, height: 40)
            defer { tmux.end() }
            try await tmux.see("── Services")
            try tmux.type("6")
            try await tmux.see("oven/metrics +live")
            try configure("them: dark")
            let broken = try await tmux.see("not taken: clawtop.yaml:1:1: unknown key")
            #expect(broken.contains("oven/metrics") && broken.contains("configuration not taken"))
            try configure(
                "feeds: {metrics: [{prometheus: '\(server.url)', token: 'exec:head -n1'}]}")
            // It has no keyboard to wait for.
            try await tmux.see("not taken: clawtop.yaml:1:.* the command gives nothing")
            let metrics = ["oven", "stove"].map { "{metrics: '\(server.url)', name: \($0)}" }
            try configure(
                "environment: staging\nfeeds: {metrics: [\(metrics.joined(separator: ", "))]}")
            let next = try await tmux.see("stove/metrics +live")
            #expect(next.contains("── Feeds"))
            #expect(next.contains(/oven\/metrics +live/) && !next.contains("not taken"))
            try await tmux.see("STAGING")
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0")
        }

        @Test func `a broken rule file keeps its rules over a changed configuration`() async throws
        {
            try folder.write(
                "groups: [{name: g, rules: [{alert: Hot, expr: heat > 0}]}]", to: "rules.yml")
            let others = "rules: [rules.yml], default_rules: false"
            try configure(
                "{feeds: {metrics: [{metrics: '\(server.url)', name: oven}]}, \(others)}")
            let tmux = try dashboard(width: 100, height: 30)
            defer { tmux.end() }
            try await tmux.see("Hot")
            try folder.write("groups: [", to: "rules.yml")
            try await tmux.see("rules.yml:")
            try configure(
                "{feeds: {metrics: [{metrics: '\(server.url)', name: stove}]}, \(others)}")
            let next = try await tmux.see("stove/metrics +live")
            #expect(next.contains("Hot"), "\(next)")
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0")
        }

        @Test func `beside feeds that flags name, the rest is followed`() async throws {
            try configure("environment: blue")
            let tmux = try dashboard(width: 80, height: 24, "--feed metrics=\(server.url)")
            defer { tmux.end() }
            try tmux.type("6")
            try await tmux.see("metrics/metrics +live")
            try configure("environment: green")
            let next = try await tmux.see("GREEN")
            #expect(next.contains(/metrics\/metrics +live/))
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0")
        }

        @Test func `what rang the bell before the configuration changed does not ring again`()
            async throws
        {
            func configure(_ sources: String...) throws {
                let metrics = sources.map { "{metrics: '\(server.url)', name: \($0)}" }
                try self.configure(
                    """
                    feeds: {metrics: [\(metrics.joined(separator: ", "))]}
                    rules: [rules.yml]
                    default_rules: false
                    notify: [{bell: true, group_wait: 0s, group_by: ['...']}]
                    """)
            }
            try folder.write(
                "groups: [{name: g, interval: 1s, rules: [{alert: Hot, expr: heat > 0}]}]",
                to: "rules.yml")
            try configure("oven")
            let tmux = try dashboard(width: 100, height: 30)
            defer { tmux.end() }
            try tmux.record(to: folder.path("sent"))
            func bells() -> Int {
                FileManager.default.contents(atPath: folder.path("sent"))?.count { $0 == 0x07 } ?? 0
            }
            func rings(_ count: Int) async throws -> Bool {
                for _ in 1...300 where bells() < count {
                    // Nobody tells when another program writes.
                    try await Task.sleep(for: .milliseconds(50))
                }
                return bells() == count
            }
            #expect(try await rings(1))
            try configure("oven", "stove")
            try await tmux.see("● 2 firing")
            #expect(try await rings(2))
            // Who would ring again looks at the alerts each second.
            try await tmux.seeSeconds(2)
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0")
            #expect(bells() == 2)
        }

        private func dashboard(width: Int, height: Int, _ flags: String = "") throws -> Tmux {
            try Tmux(
                "\(builtProgram) --config \(folder.path("clawtop.yaml")) \(flags)", width: width,
                height: height,
                environment: ["XDG_STATE_HOME": folder.path])
        }

        private func configure(_ text: String) throws {
            try folder.write(text, to: "clawtop.yaml")
        }
    }
}
