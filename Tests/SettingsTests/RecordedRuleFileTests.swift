import Foundation
import Settings
import TestKit
import Testing

private struct Verdict: Decodable {
    var file: String
    var fails: Bool
    var messages: [String]
    /// The versions of Prometheus that refuse it; what only 2.x refuses is fine.
    var failsOn: [String]

    enum CodingKeys: String, CodingKey {
        case file, fails, messages
        case failsOn = "fails_on"
    }
}

@Suite(.enabled(if: SharedMaterial.has("promql/invalid/rulefiles"), SharedMaterial.missing))
struct RecordedRuleFileTests {
    @Test func `files are refused in Prometheus' words, or accepted as it does`() throws {
        let verdicts = try SharedMaterial.rows("promql/invalid/rulefiles.jsonl", as: Verdict.self)
        #expect(verdicts.count > 20)
        for verdict in verdicts {
            let file = read("promql/invalid/rulefiles/\(verdict.file)")
            let isRefused = verdict.failsOn.contains { !$0.hasPrefix("2.") }
            let said = file.problems.map(\.text).joined(separator: "\n").split(separator: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(said == (isRefused ? verdict.messages : []), "\(verdict.file)")
        }
    }

    @Test func `public rules of all sorts are good`() {
        let names = SharedMaterial.files(in: "promql/corpus", ending: ".yaml")
        let files = names.map { read("promql/corpus/\($0)") }
        #expect(files.flatMap(\.problems).map(\.description) == [])
        #expect(files.reduce(0) { $0 + $1.ruleCount } > 2000)
    }

    private func read(_ path: String) -> RuleFile {
        let bytes = SharedMaterial.bytes(path) ?? Data()
        return RuleFile.read(String(decoding: bytes, as: UTF8.self), file: path)
    }
}
