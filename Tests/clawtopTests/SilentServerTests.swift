// SilentServerTests: when no server answers, the screen is there, takes keys, and says so.
import Foundation
import TestKit
import Testing

extension InTerminal {
    @Suite(
        .timeLimit(.minutes(5)),
        .enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    struct SilentServerTests {
        /// The dashboard with a feed of each kind on `url`.
        private func dashboard(on url: String) throws -> Tmux {
            let kinds = ["consul", "etcd", "lra", "zipkin"]
            let feeds = kinds.map { "--feed \($0)=\(url)" }.joined(separator: " ")
            return try Tmux("\(builtProgram) \(feeds)", width: 120, height: 40)
        }

        /// The first frame is there at once, and keys do what they do.
        private func expectKeys(_ tmux: Tmux) async throws {
            try await tmux.see("── Services", within: 5)
            try tmux.type("?")
            try await tmux.see("── Help", within: 5)
            try tmux.type("Escape", "6")
            try await tmux.see("── Feeds", within: 5)
        }

        @Test func `servers that never answer keep nobody waiting`() async throws {
            let server = try LoopbackServer(.hang)
            let tmux = try dashboard(on: server.url)
            defer { tmux.end() }
            try await expectKeys(tmux)
            try await tmux.see("consul/registry +connecting +never")
            try tmux.type(":q", "Enter")
            try await tmux.see("ended with 0", within: 5)
        }

        @Test func `servers that refuse are named, with the reason and the next try`() async throws
        {
            let tmux = try dashboard(on: "http://127.0.0.1:1")
            defer { tmux.end() }
            try await expectKeys(tmux)
            try await tmux.see("blind: consul, etcd, lra, zipkin")
            for feed in ["consul/registry", "etcd/config", "lra/sagas", "zipkin/traces"] {
                try await tmux.see("\(feed) +lost +never.* refused the connection")
            }
            try tmux.type("1")
            try await tmux.see("127.0.0.1:1 refused the connection")
            try tmux.type("q")
            try await tmux.see("ended with 0", within: 5)
        }

        @Test func `a server that is late says so after its deadline`() async throws {
            let server = try LoopbackServer(.hang)
            let folder = try TemporaryFolder()
            let file = try folder.write(
                """
                feeds:
                  registry: [{consul: "\(server.url)", deadline: 500ms}]
                  config: [{etcd: "\(server.url)", deadline: 500ms}]
                  sagas: [{lra: "\(server.url)", deadline: 500ms}]
                  traces: [{zipkin: "\(server.url)", deadline: 500ms}]
                """, to: "clawtop.yaml")
            let tmux = try Tmux("\(builtProgram) --config \(file)", width: 120, height: 40)
            defer { tmux.end() }
            try await tmux.see("blind: consul, etcd, lra, zipkin")
            try await tmux.see("zipkin/traces +lost +never.* did not answer within")
        }
    }
}
