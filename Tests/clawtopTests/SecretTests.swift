// SecretTests: a secret that is planted everywhere is seen nowhere.
import Foundation
import TestKit
import Testing

@Suite(.serialized, .timeLimit(.minutes(5)))
struct SecretTests {
    private let folder: TemporaryFolder
    private let server: LoopbackServer
    private var state: String { folder.path("state") }
    private var configuration: String { folder.path("clawtop.yaml") }

    init() throws {
        server = try GossipingServer.start()
        folder = try TemporaryFolder()
        let file = try folder.write("password-planted\n", to: "password")
        try write(
            """
            feeds:
              registry:
                - consul: \(server.url)
                  token: env:PLANTED
                - etcd: \(server.url)
                  user: watcher
                  password: file:\(file)
              config:
                - consul: \(server.url)
                  token: exec:printf exec-planted
              sagas:
                - lra: \(server.url)
                  user: watcher
                  password: file:\(file)
              traces:
                - zipkin: \(server.url)
                  token: env:PLANTED
            """)
    }

    private func write(_ text: String) throws {
        try folder.write(text, to: "clawtop.yaml")
    }

    private var environment: [String] { ["PLANTED=token-planted", "XDG_STATE_HOME=\(state)"] }

    /// All that clawtop prints, errors too.
    private func printed(_ words: String...) throws -> String {
        try run("env", environment + [builtProgram] + words).printed
    }

    /// Nothing of a secret, in clear or as HTTP sends it.
    private func expectNone(in text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        for word in [GossipingServer.word, base64("watcher:password-planted"), "dXJsLXBsYW50ZWQ"] {
            #expect(!text.contains(word), sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: ["once", "once --format json", "doctor", "check"])
    func `a command prints no secret`(command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let text = try run(
            "env", environment + [builtProgram] + words + ["--config", configuration]
        ).printed
        #expect(text.contains("web") || text.contains("FAIL") || text.contains("5 feeds"))
        expectNone(in: text)
    }

    @Test func `nor is the password of an address printed that was given as an option`() throws {
        let url = server.url.replacing("http://", with: "http://me:url-planted@")
        for command in ["once", "doctor"] {
            let text = try printed(
                command, "--feed", "consul=\(url)", "--feed", "lra=\(url)", "--feed",
                "zipkin=\(url)")
            #expect(text.contains("••••••"))
            expectNone(in: text)
        }
    }

    @Test(.enabled(if: Tmux.isInstalled || mustNotSkip, "tmux is not installed"))
    func `neither the screen nor a file of ours holds a secret`() async throws {
        let tmux = try Tmux(
            "env \(environment.joined(separator: " ")) \(builtProgram) --config \(configuration)",
            width: 200, height: 50)
        defer { tmux.end() }
        try await tmux.see("blind: etcd, lra, zipkin")
        expectNone(in: try await tmux.see("web +0/1"))
        // The card, its record, the keys unfolded, the feeds with their reasons, the changes.
        for (keys, words) in [
            (["Enter"], "Instances"), (["d"], "Record"), (["3", "Enter"], "currency"),
            (["d"], "Record"), (["6"], "Feeds"), (["d"], "Record"), (["1", "D"], "Changes"),
        ] {
            for key in keys { try tmux.type(key) }
            expectNone(in: try await tmux.see(words))
        }
        try tmux.type("C-c")
        expectNone(in: try await tmux.see("ended with 0"))
        let files =
            FileManager.default.enumerator(atPath: state)?.compactMap { $0 as? String } ?? []
        #expect(files.contains { $0.hasSuffix(".jsonl") })
        for file in files {
            guard let bytes = FileManager.default.contents(atPath: "\(state)/\(file)") else {
                continue
            }
            expectNone(in: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// What people write by mistake, and the remedy that stands at the end of the error.
    @Test(arguments: [
        ("planted-key: x", "1:1: unknown key; one of environment, theme, feeds, rules"),
        ("theme: planted", "1:8: no theme of that name; there are dark"),
        ("feeds: {registry: [{consul: planted}]}", "1:29: an address needs its scheme"),
        ("feeds: {registry: [{consul: 'http://planted:x'}]}", "write http://HOST:PORT"),
        ("feeds: {registry: [{consul: 'http://u:planted@h'}]}", "write `user:` and `password: env"),
        ("feeds: {registry: [{planted: x}]}", "1:21: this tells nothing of registry"),
        ("feeds: {registry: [{etcd: 'http://h', token: planted}]}", "never the secret: env:NAME"),
        ("feeds: {registry: [{etcd: 'http://h', token: *planted}]}", "begins with * in quotes"),
        ("feeds: {registry: [{etcd: 'http://h', token: 'env:planted'}]}", "export it, or name"),
        ("feeds: {registry: [{etcd: 'http://h', token: 'file:planted'}]}", "the file is not there"),
        ("feeds: {registry: [{etcd: 'http://h', token: 'exec:planted'}]}", "run it by hand"),
        ("feeds: {registry: [{etcd: 'http://h', planted: x}]}", "1:39: unknown key; one of"),
        ("feeds: {registry: [{etcd: 'http://h', deadline: planted}]}", "1:49: \"deadline\" is"),
        ("feeds: {registry: [{etcd: 'http://h', budget: planted}]}", "1:47: \"budget\" is"),
        ("store: {etcd: 'http://h', token: planted}", "never the secret: env:NAME"),
        ("store: {etcd: 'http://h', password: 'env:planted'}", "export it, or name"),
        ("store: {consul: 'http://u:planted@h'}", "write `user:` and `password: env"),
        ("store: {planted: x}", "1:9: this keeps no acknowledgements"),
        ("store: {etcd: 'http://h', planted: x}", "1:27: unknown key; one of"),
        ("notify: [{webhook: planted}]", "1:20: an address needs its scheme"),
        ("notify: [{webhook: 'env:planted'}]", "export it, or name"),
        ("notify: [{webhook: 'exec:printf planted'}]", "refers to is no address"),
        ("notify: [{webhook: 'http://h', token: planted}]", "never the secret: env:NAME"),
        ("notify: [{webhook: 'http://h', planted: x}]", "1:32: unknown key; one of"),
        ("notify: [{planted: x}]", "1:11: this is no way to tell anybody"),
        ("a: {planted: 1, planted: 2}", "1:17: this key stands in line 1 already; keep one"),
    ])
    func `a secret in the place of a name is not repeated, but shown where it stands`(
        text: String, remedy: String
    ) throws {
        try write(text)
        for command in ["check", "once"] {
            let told = try printed(command, "--config", configuration)
            #expect(told.contains("clawtop.yaml:1:") && told.contains(remedy))
            expectNone(in: told)
        }
    }

    /// Some services' keys are spelled as variables are.
    @Test func `a key of capitals and digits is no variable's name`() throws {
        for (word, isRepeated) in [("AKIAPLANTED7EXAMPLE", false), ("CONSUL_HTTP_TOKEN", true)] {
            try write("feeds: {registry: [{etcd: 'http://h', token: 'env:\(word)'}]}")
            let told = try printed("check", "--config", configuration)
            #expect(told.contains("export it, or name"))
            #expect(told.contains(word) == isRepeated)
        }
    }
}

func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
