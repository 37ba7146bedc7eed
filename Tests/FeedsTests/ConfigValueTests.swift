// ConfigValueTests: what is read of a configuration, and what is never read.
import Events
import Testing

@testable import Feeds

struct ConfigValueTests {
    private func entry(
        _ value: String, key: String = "config/payment/production", flags: UInt64 = 0
    ) -> ConfigEntry {
        ConfigValue.entry(
            key: key, prefix: "config/", value: Array(value.utf8), version: "86", flags: flags)
    }

    @Test func `a key of two parts names its service and environment`() {
        let entry = entry("{}")
        #expect(entry.service == "payment")
        #expect(entry.environment == "production")
        #expect(entry.version == "86")
    }

    @Test(arguments: [
        "config/payment", "config/a/b/c", "config//production", "config/a/", "other/a/b",
    ])
    func `a key of another form names neither`(key: String) {
        let entry = entry("{}", key: key)
        #expect(entry.service == nil)
        #expect(entry.environment == nil)
    }

    @Test func `the digest is FNV-1a with 64 bits`() {
        #expect(entry("").digest == "cbf29ce484222325")
        #expect(entry("a").digest == "af63dc4c8601ec8c")
        #expect(entry("foobar").digest == "85944171f73967e8")
    }

    @Test(arguments: [
        (#"{"pool": 10, "version": "v42"}"#, "v42"), (#"{"version": 42}"#, "42"),
        ("version: v42\npool: 10\n", "v42"), ("---\n# ours\nversion: \"v43\" # new\n", "v43"),
        ("version: 1.20\n", "1.20"),
    ])
    func `a top-level version is the label`(value: String, label: String) {
        #expect(entry(value, flags: 7).label == label)
    }

    @Test func `flags are the label where the value carries none`() {
        #expect(entry("plain", flags: 42).label == "42")
        #expect(entry(#"{"a": {"version": "v1"}}"#, flags: .max).label == "18446744073709551615")
        #expect(entry("plain").label == nil)
    }

    @Test func `fields are dotted scalars in the document's order`() {
        let fields = entry(#"{"z": 1, "db": {"hosts": ["a", "b"], "ssl": true}, "a": null}"#).fields
        #expect(fields.map(\.name) == ["z", "db.hosts.0", "db.hosts.1", "db.ssl", "a"])
        #expect(fields.map(\.value) == ["1", "a", "b", "true", "null"])
    }

    @Test func `nested YAML mappings are dotted too, and what is no plain scalar is passed over`() {
        let fields = entry(
            """
            pool: 10
            retry:
              max: 3   # enough
              'on': [a, b]
            notes: |
              password: not a field
              more: text
            list:
            - a: 1
            last: "x # y"
            """
        ).fields
        #expect(
            fields.map { "\($0.name)=\($0.value)" } == ["pool=10", "retry.max=3", "last=x # y"])
    }

    @Test(arguments: [
        "40", "true", "", "hello world", "a=b\nc=d", "http://a:80/", "- a: 1", "\tx: y", "\"a: b",
    ])
    func `plain text has no fields`(value: String) {
        #expect(entry(value).fields.isEmpty)
    }

    @Test func `at most 64 fields of 200 characters are kept`() {
        let members = (0..<1000).map { #""f\#($0)": "\#(String(repeating: "x", count: 999))""# }
        let entry = entry("{\(members.joined(separator: ",")), \"version\": 9}")
        #expect(entry.fields.count == 64)
        #expect(entry.fields.allSatisfy { $0.value.count == 200 })
        #expect(entry.label == "9")
    }

    @Test(arguments: [
        "password", "DB_PASSWORD", "dbPassword", "passwd", "pwd", "client-secret", "accessToken",
        "api_key", "apiKey", "APIKEY", "private_key", "credentials", "auth", "basicAuth", "dsn",
        "connectionString", "connection_string", "tls_cert", "signing_key", "key", "aws.secret.id",
        "p_a_s_s_w_o_r_d", "database:password", "jwt", "PSK", "mfa_seed", "private",
    ])
    func `the value under a secret's name is never seen`(name: String) {
        for value in [
            #"{"\#(name)": "hunter2"}"#, #"{"\#(name)": {"inner": ["hunter2"]}}"#,
            #"{"outer": {"\#(name)": "hunter2"}}"#, #"[]{"\#(name)": "hunter2"}"#,
            "\(name): hunter2", "\(name):\n  inner: hunter2",
            #"{"env": [{"name": "\#(name)", "value": "hunter2"}]}"#,
        ] {
            #expect(!"\(entry(value))".contains("hunter2"), "\(value)")
        }
    }

    @Test(arguments: [
        "pool", "timeout", "cache_key", "author", "passenger", "compass", "keyboard", "monkey",
    ])
    func `the value under a harmless name is seen`(name: String) {
        #expect(entry(#"{"\#(name)": "plain"}"#).fields.map(\.value) == ["plain"])
    }

    @Test(arguments: [
        ("postgres://app:hunter2@db:5432/x", "postgres://app:••••••@db:5432/x"),
        ("redis://:hunter2@cache", "redis://:••••••@cache"),
        ("app:hunter2/@ x@tcp(db:3306)/x", "app:••••••@tcp(db:3306)/x"),
        ("amqp://a:hunter2@h1,amqp://b:hunter2@h2", "amqp://a:••••••@h2"),
        ("https://db:5432/x", "https://db:5432/x"), ("ops@example.com", "ops@example.com"),
        ("Server=db;Password=hunter2", "••••••"), ("{\\\"password\\\": \\\"hunter2\\\"}", "••••••"),
        ("https://x/?access_token=hunter2", "••••••"),
        ("-----BEGIN RSA PRIVATE KEY-----\\nhunter2", "••••••"),
        ("eyJhbGciOiJIUzI1NiJ9.hunter2.abc", "••••••"), ("Bearer hunter2", "••••••"),
        ("AKIAIOSFODNN7EXAMPLE", "••••••"), ("basic dXNlcjpodW50ZXIy", "••••••"),
        ("basic authentication", "basic authentication"),
        ("https://hooks.slack.com/services/T0/B0/hunter2", "••••••"),
    ])
    func `a secret in a harmless field is hidden`(value: String, shown: String) {
        #expect(entry(#"{"address": "\#(value)"}"#).fields.map(\.value) == [shown])
    }

    @Test(arguments: [
        "config/payment/db-password", "secret/payment/production", "config/a/tls.key",
        "config/apiKeys/x",
    ])
    func `of a key that looks like a secret's nothing is read`(key: String) {
        let entry = entry(#"{"version": "hunter2", "a": "b"}"#, key: key)
        #expect(entry.label == nil)
        #expect(entry.fields.isEmpty)
        #expect(entry.digest.count == 16)
        // Whoever tries all values of a short secret finds none by its digest.
        #expect(entry.digest != self.entry(#"{"version": "hunter2", "a": "b"}"#).digest)
        #expect(entry == self.entry(#"{"version": "hunter2", "a": "b"}"#, key: key))
    }

    @Test func `a prefix without its slash names the folder`() {
        let entry = ConfigValue.entry(
            key: "config/payment/production", prefix: "config", value: [], version: "1")
        #expect(entry.service == "payment" && entry.environment == "production")
    }

    @Test func `a service may be called auth`() {
        #expect(entry(#"{"version": "v1"}"#, key: "config/auth/production").label == "v1")
    }

    @Test func `a version that is no version is not shown`() {
        #expect(entry(#"{"version": "eyJhbGciOiJIUzI1NiJ9.abc.def"}"#).label == nil)
        #expect(entry(#"{"version": "\#(String(repeating: "9", count: 100))"}"#).label == nil)
        #expect(entry(#"{"version": {"password": "v1"}}"#).label == nil)
    }

    @Test func `hostile values are harmless`() {
        let deep = String(repeating: #"{"a":"#, count: 100_000)
        let yaml = (0..<500).map { String(repeating: " ", count: $0) + "a:" }.joined(
            separator: "\n")
        for value in [deep, String(repeating: "[", count: 100_000), yaml, "{\"a\":", "{\"a\":1}}"] {
            #expect(entry(value).fields.isEmpty)
        }
        let invalid: [UInt8] = Array(#"{"a":""#.utf8) + [0xFF, 0xC0, 0x80] + Array(#""}"#.utf8)
        let entry = ConfigValue.entry(key: "k", prefix: "", value: invalid, version: "1")
        #expect(entry.fields.first?.value.contains("\u{FFFD}") == true)
        let huge = [UInt8](repeating: 0x20, count: 8 << 20)
        #expect(ConfigValue.entry(key: "k", prefix: "", value: huge, version: "1").fields.isEmpty)
    }
}
