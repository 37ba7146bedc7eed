// WatchTests: `clawtop watch` and the commands of scripts, as the program that was built runs them.
import Foundation
import Network
import TestKit
import Testing

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(3)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct WatchTests {
        private let folder: TemporaryFolder
        private var state: String { folder.path("state") }

        init() throws { folder = try TemporaryFolder() }

        private func clawtop(_ line: String) throws -> Ended {
            let words = line.split(separator: " ").map(String.init)
            return try run("env", ["XDG_STATE_HOME=\(state)", builtProgram] + words)
        }

        /// Its lines on a screen of many columns, below the number of its process.
        private func watch(_ options: String) throws -> Tmux {
            try Tmux(
                "env XDG_STATE_HOME=\(state) sh -c 'echo pid $$; exec \(builtProgram) watch "
                    + "\(options)'", width: 500, height: 50)
        }

        private func process(of watch: Tmux) async throws -> pid_t {
            let words = try await watch.see("pid [0-9]+").split(whereSeparator: \.isWhitespace)
            return try #require(
                words.firstIndex(of: "pid").flatMap { pid_t(words[words.index(after: $0)]) })
        }

        @Test func `an alert is told, acknowledged from a script, and resolved`() async throws {
            let fleet = try Tmux(
                "\(builtProgram) demo --serve --incident crashed-instance", width: 400, height: 5)
            defer { fleet.end() }
            let ready = try await fleet.see("READY .*control=http:[^ ]+\n")
            let places = ready.split(whereSeparator: \.isWhitespace).filter { $0.contains("=http") }
            let feeds = places.filter { !$0.hasPrefix("control=") }.map { "--feed \($0)" }
            let control = try #require(places.last).trimmingPrefix("control=")
            let port = Int.random(in: 20_000..<30_000)
            let watch = try watch(
                "--metrics 127.0.0.1:\(port) \(feeds.joined(separator: " "))")
            defer { watch.end() }
            try await watch.see(#""event":"leader_gained""#)
            try await watch.see(#""event":"firing".*"name":"InstanceCritical""#)
            let listed = try await see("InstanceCritical +firing") { try clawtop("alerts").printed }
            #expect(listed.contains("evaluated"))

            let acknowledged = try clawtop("ack InstanceCritical --note looking")
            #expect(acknowledged.code == 0)
            try await watch.see(#""event":"acknowledged".*"note":"looking""#)
            #expect(try clawtop("ack InstanceCritical --as bob").code == 1)

            let page = try await CurlClient.shared.send(
                HTTPRequest("http://127.0.0.1:\(port)/metrics"))
            let metrics = String(decoding: page.body, as: UTF8.self)
            #expect(metrics.contains("clawtop_leader 1\n"))
            #expect(metrics.contains(#"clawtop_feed_up{feed="consul/registry"} 1"#))

            var mend = HTTPRequest("\(control)/incident")
            mend.method = "DELETE"
            _ = try await CurlClient.shared.send(mend)
            try await watch.see(#""event":"resolved".*"name":"InstanceCritical""#)
            kill(try await process(of: watch), SIGTERM)
            try await watch.see("ended with 0")
            let history = try clawtop("alerts --all").printed
            #expect(history.contains("acknowledged it until") && history.contains("looking"))
        }

        @Test func `a broken configuration keeps the one of before, and SIGTERM ends it`()
            async throws
        {
            let file = try folder.write(
                "feeds: {sagas: [{lra: 'http://127.0.0.1:1'}]}", to: "clawtop.yaml")
            let watch = try watch("--config \(file)")
            defer { watch.end() }
            let process = try await process(of: watch)
            try await watch.see("leader_gained")
            try folder.write("feedz: x", to: "clawtop.yaml")
            kill(process, SIGHUP)
            try await watch.see("did you mean feeds.*the configuration of before goes on")
            kill(process, SIGTERM)
            try await watch.see("ended with 0")
        }

        /// Asks again until it is seen: nobody tells when another program has written something.
        private func see(_ pattern: String, _ ask: () throws -> String) async throws -> String {
            for _ in 1...50 {
                let text = try ask()
                if text.range(of: pattern, options: .regularExpression) != nil { return text }
                try await Task.sleep(for: .milliseconds(200))
            }
            Issue.record("never saw /\(pattern)/")
            return ""
        }
    }
}
