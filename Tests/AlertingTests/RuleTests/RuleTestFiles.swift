// RuleTestFiles: files of rule tests, run as `clawtop rules test` runs them.
import Alerting
import Foundation
import PromQL
import Settings
import TestKit

/// Runs the tests of one text; `read` gives the text of a rule file that it names.
func failures(of text: String, read: (String) -> String?) throws -> [String] {
    let file = try RuleTestFile.read(text, file: "test.yml")
    var groups: [RuleGroup] = []
    for name in file.ruleFiles {
        guard let text = read(name) else { return ["no rule file \(name)"] }
        let rules = RuleFile.read(text, file: name)
        guard rules.problems.isEmpty else { return rules.problems.map(\.description) }
        groups += rules.groups
    }
    let order = file.groupOrder
    groups.sort { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
    return file.tests.flatMap { $0.run(groups, every: file.evaluationInterval) }
        .map(\.description)
}

/// Runs all tests in the files of a folder of shared material.
///
/// - Returns: how many files were run, and what failed, by file.
func failures(in folder: String, ending: String) throws -> (count: Int, [String: [String]]) {
    let names = SharedMaterial.files(in: folder, ending: ending)
    var failed: [String: [String]] = [:]
    for name in names {
        let found = try failures(of: try shared("\(folder)/\(name)") ?? "") { rules in
            try? shared("\(folder)/\(rules)")
        }
        if !found.isEmpty { failed[name] = found }
    }
    return (names.count, failed)
}

private func shared(_ path: String) throws -> String? {
    SharedMaterial.bytes(path).map { String(decoding: $0, as: UTF8.self) }
}

/// A file of this room's fixtures.
func fixture(_ name: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8)
}
