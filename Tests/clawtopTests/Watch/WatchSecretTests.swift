// WatchSecretTests: what `clawtop watch` and `ack` say and write while servers repeat all secrets.
import Foundation
import Glibc
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(3)))
struct WatchSecretTests {
    private let folder: TemporaryFolder
    private let server: LoopbackServer
    private let asked = Heard<String>()
    private var configuration: String { path("clawtop.yaml") }

    init() throws {
        server = try GossipingServer.start(telling: asked)
        folder = try TemporaryFolder()
        try write("file-planted\n", to: "secret")
        try write(
            server.url.replacing("http://", with: "http://me:url-planted@") + "/planted", to: "url")
        try write(
            """
            groups:
              - name: g
                interval: 1s
                rules:
                  - alert: Down
                    expr: registry_instances{status="critical"} > 0
                    annotations: {summary: "{{ $labels.service }} is down"}
            """, to: "rules.yaml")
    }

    private func path(_ name: String) -> String { folder.path(name) }

    private func write(_ text: String, to name: String) throws {
        try folder.write(text, to: name)
    }

    private func configure(store: String) throws {
        let url = server.url
        try write(
            """
            store: \(store.replacing("URL", with: url))
            default_rules: false
            rules: [rules.yaml]
            feeds:
              registry:
                - consul: \(url)
                  token: exec:printf exec-planted
              config:
                - consul: \(url)
                  token: file:\(path("secret"))
              sagas:
                - lra: \(url)
                  user: watcher
                  password: file:\(path("secret"))
              metrics:
                - alertmanager: \(url)
                  token: exec:printf engine-planted
                - metrics: \(url)/metrics
                  token: file:\(path("secret"))
            notify:
              - webhook: file:\(path("url"))
                name: pager
                token: file:\(path("secret"))
                group_wait: 0s
              - alertmanager: \(url)
                token: exec:printf receiver-planted
            """, to: "clawtop.yaml")
    }

    private func acknowledge() async throws -> Ended {
        let words = ["ack", "Down", "--note", "mine", "--config", configuration]
        let state = "XDG_STATE_HOME=\(path("state"))"
        return try await onThread { try run("env", [state, builtProgram] + words) }
    }

    /// Nothing of a secret, in clear or as HTTP sends it.
    private func expectNone(in text: String, _ place: String) {
        for word in [
            GossipingServer.word, base64("watcher:file-planted"), base64("me:url-planted"),
        ] {
            #expect(!text.contains(word), "\(place): \(lines(of: text, with: word))")
        }
    }

    private func lines(of text: String, with word: String) -> String {
        text.split(whereSeparator: \.isNewline).filter { $0.contains(word) }.prefix(3)
            .map { $0.prefix(600) }.joined(separator: "\n")
    }

    /// Of all that lies beside the configuration, but what holds the secrets on purpose.
    private func expectNoneInFiles() -> [String] {
        let files =
            FileManager.default.enumerator(atPath: folder.path)?
            .compactMap { $0 as? String } ?? []
        for file in files where !["secret", "url", "clawtop.yaml"].contains(file) {
            guard let bytes = FileManager.default.contents(atPath: path(file)) else { continue }
            expectNone(in: String(decoding: bytes, as: UTF8.self), file)
        }
        return files
    }

    @Test func `nothing that is said, served or written holds a secret`() async throws {
        try configure(store: "{sqlite: alerts.db}")
        let port = Int.random(in: 20_000..<30_000)
        let watch = try WatchProgram(
            configuration, state: path("state"), "--metrics", "127.0.0.1:\(port)")
        #expect(await watch.tells("leader_gained"))
        // Our own rule's alert, and the Alertmanager's.
        #expect(await watch.tells("firing", times: 2))
        #expect(await asked.wait { $0.contains { $0.hasPrefix("POST /planted") } })
        let acknowledged = try await acknowledge()
        #expect(acknowledged.code == 0)
        expectNone(in: acknowledged.printed, "ack")
        #expect(await watch.tells("acknowledged"))
        let page = try await CurlClient.shared.send(
            HTTPRequest("http://127.0.0.1:\(port)/metrics"))
        expectNone(in: String(decoding: page.body, as: UTF8.self), "metrics")
        var files = expectNoneInFiles()
        await watch.end(SIGTERM)
        files += expectNoneInFiles()
        for ending in ["alerts.db", "alerts.db-wal", ".json", ".jsonl"] {
            #expect(files.contains { $0.hasSuffix(ending) }, "\(files)")
        }
        expectNone(in: watch.lines.all.joined(separator: "\n"), "watch")
        // What the Alertmanager repeats is told without what it repeats.
        #expect(watch.lines.all.contains { $0.contains(#""name":"Far""#) && $0.contains("••••••") })
    }

    @Test(arguments: [
        "{consul: 'URL', token: 'exec:printf store-planted'}",
        "{etcd: 'URL', user: clawtop, password: 'exec:printf store-planted'}",
    ])
    func `a store that refuses us repeats nothing through us`(store: String) async throws {
        try configure(store: store)
        let watch = try WatchProgram(configuration, state: path("state"))
        #expect(await watch.tells("store_lost"))
        #expect(await watch.tells("firing", times: 2))
        let refused = try await acknowledge()
        #expect(refused.code == 1)
        #expect(refused.printed.contains("refuses us"))
        expectNone(in: refused.printed, "ack")
        await watch.end(SIGTERM)
        expectNone(in: watch.lines.all.joined(separator: "\n"), "watch")
        _ = expectNoneInFiles()
    }
}
