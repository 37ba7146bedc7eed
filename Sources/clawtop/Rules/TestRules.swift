// TestRules: `clawtop rules test`: files of rule tests, run.
import Alerting
import Patterns
import Settings

/// Runs files of rule tests; says and returns what `promtool test rules` does.
func testRules(_ options: RuleOptions) -> Outcome {
    let runner: RuleTestRunner
    do {
        runner = RuleTestRunner(
            patterns: try options.run.map { text throws(PatternError) in try Pattern(text) },
            options: options)
    } catch {
        return Outcome(.usage, "clawtop: --run: \(error)\n", isError: true)
    }
    var outcome = Outcome(.ok, "")
    var reports: [RuleTestReport] = []
    for path in options.files {
        let report = runner.report(on: path)
        tell(report, &outcome)
        reports.append(report)
    }
    if let path = options.junit, let problem = write(junit(reports), to: path) {
        outcome.code = .failed
        outcome.complain("clawtop: \(problem)\n")
    }
    return outcome
}

/// What is wrong goes to standard error, as promtool has it, and an empty line to the output for each.
private func tell(_ report: RuleTestReport, _ outcome: inout Outcome) {
    outcome.output += "Unit Testing:  \(report.file)\n"
    for warning in report.warnings { outcome.complain("  WARNING: \(warning)\n") }
    if report.failures.isEmpty {
        outcome.output += "  SUCCESS\n"
    } else {
        outcome.code = .failed
        outcome.complain("  FAILED:\n")
    }
    for failure in report.failures {
        outcome.complain(failure + "\n")
        outcome.output += "\n"
    }
    outcome.output += "\n"
}

/// Runs the tests of files.
private struct RuleTestRunner {
    let patterns: [Pattern]
    let options: RuleOptions

    func report(on path: String) -> RuleTestReport {
        var report = RuleTestReport(file: path)
        do {
            let file = try RuleTestFile.read(
                readText(path, takesPipes: true), file: path,
                ignoresUnknownFields: options.ignoresUnknownFields)
            let groups = try groups(of: file, beside: path, &report)
            for (number, test) in file.tests.enumerated() where isWanted(test.name) {
                let failures = test.run(groups, every: file.evaluationInterval)
                report.cases.append(
                    RuleTestReport.Case(
                        name: test.name.isEmpty ? "unnamed#\(number)" : test.name,
                        failures: failures.map { $0.text(differenceOnly: options.showsDifference) })
                )
            }
        } catch {
            report.obstacles.append("\(error)")
        }
        return report
    }

    private func isWanted(_ name: String) -> Bool {
        patterns.isEmpty || patterns.contains { $0.occurs(in: name) }
    }

    /// The groups of all rule files, in the order that the tests ask for.
    private func groups(
        of tests: RuleTestFile, beside path: String, _ report: inout RuleTestReport
    ) throws(FileError) -> [RuleGroup] {
        var groups: [RuleGroup] = []
        var seen: Set<String> = []
        for pattern in tests.ruleFiles {
            let files = paths(matching: pattern, in: folder(of: path))
            if files.isEmpty { report.warnings.append("no file match pattern \(pattern)") }
            for file in files where seen.insert(file).inserted {
                let rules = RuleFile.read(
                    try readText(file, takesPipes: true), file: file,
                    ignoresUnknownFields: options.ignoresUnknownFields)
                report.obstacles += rules.problems.map(\.description)
                groups += rules.groups
            }
        }
        let order = Dictionary(tests.groupOrder.enumerated().map { ($1, $0) }) { first, _ in first }
        return groups.enumerated()
            .sorted { (order[$0.1.name] ?? 0, $0.0) < (order[$1.1.name] ?? 0, $1.0) }
            .map(\.element)
    }
}
