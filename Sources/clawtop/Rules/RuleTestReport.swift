// RuleTestReport: what became of one file of rule tests.

struct RuleTestReport {
    struct Case {
        var name: String
        var failures: [String]
    }

    var file: String
    var cases: [Case] = []
    /// Why tests could not be run.
    var obstacles: [String] = []
    var warnings: [String] = []

    init(file: String) { self.file = file }

    var failures: [String] { obstacles + cases.flatMap(\.failures) }
}

/// The reports in the form that build servers read.
func junit(_ reports: [RuleTestReport]) -> String {
    let suites = reports.map { report in
        let failed = report.cases.count { !$0.failures.isEmpty }
        let cases = report.cases.map { test in
            "    <testcase name=\"\(test.name.escaped)\">\n"
                + test.failures.map { "      <failure>\($0.escaped)</failure>\n" }.joined()
                + "    </testcase>\n"
        }
        return
            "  <testsuite name=\"\(report.file.escaped)\" tests=\"\(report.cases.count)\" "
            + "failures=\"\(failed)\" errors=\"\(report.obstacles.count)\">\n"
            + cases.joined()
            + report.obstacles.map { "    <system-err>\($0.escaped)</system-err>\n" }.joined()
            + "  </testsuite>\n"
    }
    return
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n\(suites.joined())</testsuites>\n"
}

extension String {
    /// As text of an XML document, which has no control characters.
    fileprivate var escaped: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "\t", "\n": text.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
