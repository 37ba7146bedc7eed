// RuleTroubleTests: rules that cannot be used are told by the commands that go by them.
import Foundation
import TestKit
import Testing

@testable import clawtop

/// A configuration in a folder of the test's own, and a target that it watches.
struct RuleTroubleTests {
    private let folder: TemporaryFolder
    private let server: LoopbackServer

    init() throws {
        let text = "a{b=\"c\"} 2\na{b=\"d\"} 3\n"
        server = try LoopbackServer(
            .send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: \(text.utf8.count)\r\n\r\n" + text))
        folder = try TemporaryFolder()
    }

    @Test func `once says that a rule file is not there, and does not end with 0`() throws {
        let ended = try run("once", rules: "gone.yml")
        #expect(ended.code == 3)
        #expect(
            ended.printed.contains(
                "clawtop: \(folder.path)/gone.yml is not there; its rules are not used\n"),
            "\(ended.printed)")
        let json = try run("once --format json", rules: "gone.yml")
        #expect(json.printed.contains(/"problems": \[\s*"[^"]*gone.yml is not there/))
    }

    @Test func `once says which rule cannot be evaluated`() throws {
        try write("groups: [{name: g, rules: [{record: x, expr: a * on (job) a}]}]", "bad.yml")
        let ended = try run("once", rules: "bad.yml")
        #expect(ended.code == 3)
        #expect(
            ended.printed.contains(
                "bad.yml: group \"g\", rule \"x\" cannot be evaluated: found duplicate series"),
            "\(ended.printed)")
    }

    @Test func `a broken rule file makes nothing that is critical less so`() throws {
        let rule = "{alert: Up, expr: up == 1, labels: {severity: critical}}"
        try write("groups: [{name: g, rules: [\(rule)]}]", "good.yml")
        try write("groups: [{name: g, rules: [{record: x, expr: 'a('}]}]", "bad.yml")
        let ended = try run("once", rules: "*.yml")
        #expect(ended.code == 2, "\(ended.printed)")
    }

    @Test func `query says which rules cannot be used`() throws {
        try write("groups: [{name: g, rules: [{record: x, expr: 'a('}]}]", "bad.yml")
        let ended = try run("query up", rules: "b*.yml")
        #expect(ended.code == 0)
        #expect(ended.printed.contains("up{") && ended.printed.contains("its rules are not used"))
        try write("groups: [{name: g, rules: [{record: x, expr: a * on (job) a}]}]", "bad.yml")
        let failing = try run("query x", rules: "bad.yml")
        #expect(failing.printed.contains("rule \"x\" cannot be evaluated"), "\(failing.printed)")
    }

    @Test func `query says which groups only their engine evaluates`() throws {
        try write(
            "groups: [{name: far, source: prometheus, rules: [{alert: A, expr: up == 1}]}]",
            "far.yml")
        let ended = try run("query ALERTS", rules: "far.yml")
        #expect(ended.code == 0)
        #expect(
            ended.printed.contains(
                "group \"far\" of \(folder.path)/far.yml is evaluated by prometheus"),
            "\(ended.printed)")
        #expect(!(try run("query up", rules: "far.yml").printed.contains("far.yml")))
    }

    @Test func `an error is JSON, too, where that is asked for, and words on standard error`()
        throws
    {
        let wrong = try run("query --format json sum(", rules: "*.none")
        #expect(wrong.code == 2)
        #expect(
            wrong.printed.contains(
                #"{"status":"error","errorType":"bad_data","error":"1:5: parse error: "#
                    + #"unclosed left parenthesis"}"# + "\n"), "\(wrong.printed)")
        #expect(wrong.printed.contains("clawtop: 1:5: parse error"))
        let failed = try run("query --format json a*on(job)a", rules: "*.none")
        #expect(failed.code == 1)
        #expect(
            failed.printed.contains(#"{"status":"error","errorType":"execution","error":"found"#))
        let absent = try run("query --format json --source prometheus 1", rules: "*.none")
        #expect(absent.code == 3)
        #expect(absent.printed.contains(#""errorType":"unavailable""#))
    }

    private func run(_ line: String, rules: String) throws -> Ended {
        let prometheus =
            line.hasPrefix("query") ? ", {prometheus: \"http://127.0.0.1:1\"}" : ""
        try write(
            """
            feeds: {metrics: [{metrics: "\(server.url)"}\(prometheus)]}
            rules: ["\(rules)"]
            default_rules: false
            """, "clawtop.yaml")
        let words = line.split(separator: " ").map(String.init)
        return try TestKit.run(
            builtProgram, words + ["--config", folder.path("clawtop.yaml")])
    }

    private func write(_ text: String, _ name: String) throws {
        try folder.write(text, to: name)
    }
}
