// CheckRules: `clawtop rules check`: rule files read, and everything that is wrong in them.
import Events
import Settings

/// Checks rule files; says and returns what `promtool check rules` does.
func checkRules(_ options: RuleOptions) -> Outcome {
    var outcome = Outcome(.ok, "")
    for path in options.files {
        outcome.output += path == "-" ? "Checking standard input\n" : "Checking \(path)\n"
        switch check(path, options) {
        case .fine(let count): outcome.output += "  SUCCESS: \(count) rules found\n"
        case .lint(let text):
            if options.isLintFatal, outcome.code == .ok { outcome.code = .lint }
            outcome.complain("  FAILED:\n\(text)\n")
        case .wrong(let problems):
            outcome.code = .failed
            outcome.complain("  FAILED:\n" + problems.map { $0 + "\n" }.joined())
        }
        outcome.output += "\n"
    }
    return outcome
}

private enum Finding {
    case fine(Int)
    case lint(String)
    case wrong([String])
}

private func check(_ path: String, _ options: RuleOptions) -> Finding {
    do throws(FileError) {
        let text = try path == "-" ? readStandardInput() : readText(path, takesPipes: true)
        let file = RuleFile.read(
            text, file: path, ignoresUnknownFields: options.ignoresUnknownFields)
        guard file.problems.isEmpty else {
            return .wrong(file.problems.map { path == "-" ? $0.text : $0.description })
        }
        let duplicates = options.lint == .none ? [] : file.duplicates
        return duplicates.isEmpty ? .fine(file.ruleCount) : .lint(lint(duplicates))
    } catch {
        return .wrong([error.description])
    }
}

private func lint(_ duplicates: [RuleFile.Duplicate]) -> String {
    let rules = duplicates.map { duplicate in
        "Metric: \(duplicate.name)\nLabel(s):\n"
            + duplicate.labels.pairs.map { "\t\($0.name): \($0.value)\n" }.joined()
    }
    return "lint error \(duplicates.count) duplicate rule(s) found.\n" + rules.joined()
        + "Might cause inconsistency while recording expressions"
}
