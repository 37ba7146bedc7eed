import Alerting
import DefaultRules
import Engine
import Foundation
import Settings
import TestKit
import Testing

@testable import clawtop

struct DefaultRuleTests {
    private let folder = URL(filePath: #filePath)
        .appending(path: "../../../Sources/DefaultRules").standardized.path

    @Test func `the rules that come along pass their unit tests`() {
        let outcome = Program(
            ["rules", "test", folder + "/rules.test.yaml"], variables: [:]
        ).run()
        #expect(
            outcome.code == .ok,
            "\(outcome.output)")
    }

    @Test func `each of them has a test, a summary and a runbook`() throws {
        let rules = RuleFile.read(
            String(decoding: DefaultRules.yaml, as: UTF8.self), file: "rules.yaml")
        #expect(rules.problems.isEmpty)
        let tests = try String(contentsOfFile: folder + "/rules.test.yaml", encoding: .utf8)
        for case .alert(let rule) in rules.groups.flatMap(\.rules) {
            let isTold =
                tests.contains(rule.name) || rule.name.hasSuffix("Burn") && tests.contains(".*Burn")
            #expect(isTold, "\(rule.name)")
            for name in ["summary", "runbook"] {
                #expect(rule.annotations.contains { $0.name == name }, "\(rule.name): \(name)")
            }
        }
    }

    @Test func `a broken rule file keeps what it held, and says so`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(
            "groups: [{name: g, rules: [{record: a, expr: up}]}]", to: "rules.yaml")
        let library = RuleLibrary(patterns: [path], usesDefaults: false)
        let first = library.read()
        #expect(first.groups.map(\.name) == ["g"] && first.problems.isEmpty)
        try folder.write("groups: [{name: g, rules: [{record: a, expr: 'up('}]}]", to: "rules.yaml")
        let second = library.read(keeping: first)
        #expect(second.groups.map(\.name) == ["g"])
        #expect(second.problems.first?.contains("its rules of before go on") == true)
        #expect(library.read().groups.isEmpty)
    }
}
