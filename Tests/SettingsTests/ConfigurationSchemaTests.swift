// ConfigurationSchemaTests: the schema that editors go by, held against the readers.
import Events
import Foundation
import Settings
import TestKit
import Testing

struct ConfigurationSchemaTests {
    private let root: [String: Any]

    init() throws {
        let object = try JSONSerialization.jsonObject(with: Data(ConfigurationSchema.json.utf8))
        root = try #require(object as? [String: Any])
    }

    @Test func `the schema knows the keys that the configuration may have`() throws {
        #expect(keys(root) == known("zzz: 1"))
        let feeds = try #require(properties(root)["feeds"] as? [String: Any])
        #expect(keys(feeds) == known("feeds: {zzz: 1}"))
        let policy = try #require(properties(root)["acknowledgement"] as? [String: Any])
        #expect(keys(policy) == known("acknowledgement: {zzz: 1}"))
    }

    @Test(arguments: FeedKind.allCases)
    func `the schema knows each kind of feed, where it may stand, and its keys`(
        kind: FeedKind
    ) throws {
        let kinds = Set(FeedKind.allCases.map(\.rawValue))
        let feeds = properties(try #require(properties(root)["feeds"] as? [String: Any]))
        for world in WatchedWorld.allCases {
            let list = try #require(feeds[world.rawValue] as? [String: Any])
            let places = try #require(list["items"] as? [String: Any])
            #expect(required(places).contains(kind.rawValue) == kind.worlds.contains(world))
        }
        let entry = "feeds: {\(kind.worlds[0].rawValue): [{\(kind.rawValue): http://h:1, zzz: 1}]}"
        #expect(try keys(definition("feed")).subtracting(kinds) == known(entry).subtracting(kinds))
        #expect(try keys(definition("feed")).isSuperset(of: kinds))
    }

    @Test(arguments: [
        ("webhook", "http://h:1"), ("command", "[page]"), ("alertmanager", "http://h:1"),
        ("bell", "true"), ("desktop", "true"),
    ])
    func `the schema knows each way to notify, and its keys`(kind: String, value: String) throws {
        #expect(try keys(definition(kind)) == known("notify: [{\(kind): \(value), zzz: 1}]"))
        let list = try #require(properties(root)["notify"] as? [String: Any])
        let choices = (list["items"] as? [String: Any])?["oneOf"] as? [[String: String]] ?? []
        #expect(choices.map(\.["$ref"]).contains("#/definitions/\(kind)"))
        #expect(choices.count == 5)
    }

    @Test func `the schema knows each store, and its keys`() throws {
        let store = try #require(properties(root)["store"] as? [String: Any])
        let file = try #require((store["oneOf"] as? [[String: Any]])?.first)
        #expect(keys(file) == known("store: {sqlite: a.db, zzz: 1}"))
        let shared = try definition("sharedStore")
        for kind in ["consul", "etcd"] {
            let other = kind == "consul" ? "etcd" : "consul"
            #expect(
                keys(shared).subtracting([other]) == known("store: {\(kind): http://h:1, zzz: 1}"))
        }
    }

    private static let hasValidator =
        (try? run("/usr/bin/python3", ["-c", "import jsonschema"]).code) == 0

    /// JSON is YAML, too: the reader and a validator take the same text.
    @Test(
        .enabled(
            if: hasValidator || ProcessInfo.processInfo.environment["CI"] == "true",
            "python3-jsonschema is not installed"),
        arguments: [
            #"{"environment": "production", "theme": "dark", "rules": ["rules/*.yaml"]}"#,
            #"{"feeds": {"registry": [{"consul": "http://h:1", "datacenter": "d", "budget": 0.5}]}}"#,
            #"{"feeds": {"config": [{"etcd": "https://h:1", "ca": "file:/ca.pem", "interval": "1m30s"}]}}"#,
            #"{"feeds": {"traces": [{"zipkin": "consul://zipkin", "token": "env:HOME"}]}}"#,
            #"{"feeds": {"metrics": [{"metrics": "http://h:1", "job": "j", "honor_labels": true}]}}"#,
            #"{"store": {"sqlite": "a.db"}, "read_only": true, "default_rules": false}"#,
            #"{"store": {"consul": "http://h:1", "prefix": "team/", "deadline": "3s"}}"#,
            #"{"acknowledgement": {"expiry": "30m", "rules": {"SagaStuck": "2h"}}}"#,
            #"{"notify": [{"webhook": "http://h:1/x", "group_wait": "0s", "repeat_interval": "never"}]}"#,
            #"{"notify": [{"command": ["page", "-v"], "severity": "critical", "group_by": ["..."]}]}"#,
            #"{"notify": [{"bell": true}, {"alertmanager": "http://h:1", "matchers": ["a=b"]}]}"#,
            #"{"environment": 5, "feeds": {"metrics": [{"prometheus": "http://h:1", "tenant": 42}]}}"#,
            #"{"store": {"consul": "consul://consul"}}"#, #"{"store": {"etcd": "http://me@h:1"}}"#,
            #"{"them": "dark"}"#, #"{"feeds": {"sagas": [{"consul": "http://h:1"}]}}"#,
            #"{"feeds": {"registry": [{"consul": "h:1"}]}}"#, #"{"rules": "a.yaml"}"#,
            #"{"feeds": {"registry": [{"consul": "http://h:1", "token": "s3cr3t"}]}}"#,
            #"{"feeds": {"registry": [{"consul": "http://h:1", "deadline": "soon"}]}}"#,
            #"{"feeds": {"registry": [{"consul": "http://h:1", "budget": 0}]}}"#,
            #"{"store": {"redis": "http://h:1"}}"#, #"{"read_only": "perhaps"}"#,
            #"{"store": {"etcd": "http://h:1", "prefix": "/team/"}}"#,
            #"{"acknowledgement": {"expiry": "0s"}}"#, #"{"notify": [{"bell": false}]}"#,
            #"{"notify": [{"webhook": "http://h:1/?token=s3cr3t"}]}"#,
            #"{"notify": [{"command": "page"}]}"#,
            #"{"notify": [{"webhook": "http://h:1", "severity": "loud"}]}"#,
            #"{"notify": [{"alertmanager": "http://h:1", "group_by": ["a"]}]}"#,
        ])
    func `a validator and the reader agree`(text: String) throws {
        let program = """
            import json, jsonschema, sys
            jsonschema.Draft7Validator.check_schema(json.loads(sys.argv[1]))
            jsonschema.validate(json.loads(sys.argv[2]), json.loads(sys.argv[1]))
            """
        let ended = try run(
            "/usr/bin/python3", ["-c", program, ConfigurationSchema.json, text])
        #expect(!ended.printed.contains("SchemaError"))
        #expect((ended.code == 0) == problems(text).isEmpty, "\(ended.printed) \(problems(text))")
    }

    private func properties(_ schema: [String: Any]) -> [String: Any] {
        schema["properties"] as? [String: Any] ?? [:]
    }

    private func keys(_ schema: [String: Any]) -> Set<String> { Set(properties(schema).keys) }

    private func definition(_ name: String) throws -> [String: Any] {
        try #require((root["definitions"] as? [String: Any])?[name] as? [String: Any])
    }

    /// The keys of which one must be there.
    private func required(_ schema: [String: Any]) -> [String] {
        (schema["oneOf"] as? [[String: [String]]] ?? []).flatMap { $0["required"] ?? [] }
    }

    /// What the reader says may stand where `zzz` stands.
    private func known(_ text: String) -> Set<String> {
        let complaint = problems(text).first { $0.contains("unknown key; one of ") }
        let words = complaint?.components(separatedBy: "one of ").last ?? ""
        return Set(words.components(separatedBy: ", "))
    }

    private func problems(_ text: String) -> [String] {
        ConfigurationReader.read(text, file: "f", themes: ["dark"]) { _ in Secret("http://hush") }
            .problems.map(\.description)
    }
}
