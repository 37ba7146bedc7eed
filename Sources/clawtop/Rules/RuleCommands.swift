// RuleCommands: the words of `clawtop rules`.
import CommandLine

extension Invocation {
    static let rules = Command<Invocation>(
        "rules", "Checks and tests Prometheus rule files.",
        commands: [
            Command(
                "check",
                "Reads rule files (- is standard input) and says every error in them, as promtool "
                    + "does. Ends with 0 fine, 1 wrong, 3 doubtful with --lint-fatal.",
                positionals: [files], options: [lint, lintFatal, ignoreUnknownFields]),
            Command(
                "test",
                "Runs rule tests in promtool's format. Ends with 0 where all is as expected, else 1.",
                positionals: [files], options: [run, diff, junit, ignoreUnknownFields]),
        ], isComplete: false)

    private static let files = Positional<Invocation>("FILE", .file, isRepeated: true) {
        $0.rules.files.append($1)
    }

    private static let lint = Option<Invocation>(
        "--lint", .choice(RuleOptions.Lint.allCases.map(\.rawValue)),
        "what to doubt beside errors (duplicate-rules)"
    ) {
        $0.rules.lint = RuleOptions.Lint(rawValue: $1) ?? .duplicateRules
    }

    private static let lintFatal = Option<Invocation>(
        flag: "--lint-fatal", "end with 3 where there is doubt"
    ) {
        $0.rules.isLintFatal = true
    }

    private static let ignoreUnknownFields = Option<Invocation>(
        flag: "--ignore-unknown-fields", "say nothing of fields that nobody knows"
    ) {
        $0.rules.ignoresUnknownFields = true
    }

    private static let run = Option<Invocation>(
        "--run", .text("REGEX"), "only tests whose names match; may be repeated"
    ) {
        $0.rules.run.append($1)
    }

    private static let diff = Option<Invocation>(
        flag: "--diff", "of failures only how expected and got differ, word by word"
    ) {
        $0.rules.showsDifference = true
    }

    private static let junit = Option<Invocation>(
        "--junit", .file, "write the results to this file, too, in JUnit's format"
    ) {
        $0.rules.junit = $1
    }
}
