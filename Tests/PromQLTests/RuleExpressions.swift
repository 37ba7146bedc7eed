// RuleExpressions: the expressions of the rule files among the shared material.
import Foundation
import TestKit

extension SharedMaterial {
    /// Each `expr` of the corpus; its files write them quoted as JSON or as a block.
    static var ruleExpressions: [String] {
        files(in: "promql/corpus", ending: ".yaml").flatMap { name in
            expressions(
                in: String(decoding: bytes("promql/corpus/\(name)") ?? Data(), as: UTF8.self))
        }
    }

    private static func expressions(in text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.indices.compactMap { place in
            let line = lines[place]
            guard let key = line.firstRange(of: "expr: ") else { return nil }
            let indent = line.prefix { $0 == " " }.count
            guard line[key.upperBound...].hasPrefix("|") else {
                return try? JSONDecoder().decode(
                    String.self, from: Data(line[key.upperBound...].utf8))
            }
            return lines[(place + 1)...]
                .prefix { $0.isEmpty || $0.prefix { $0 == " " }.count > indent }
                .joined(separator: "\n")
        }
    }
}
