// RuleTestFailure: what a test of rules found, in promtool's words.
import Events
package import PromQL

package enum RuleTestFailure: Sendable, CustomStringConvertible {
    /// A rule could not be evaluated.
    case evaluation(rule: String, after: Duration, error: String)
    /// Other alerts fire than expected.
    case alerts(
        test: String, AlertExpectation, expected: [ExpectedAlert], got: [ExpectedAlert])
    /// An expression gives other samples than expected.
    case samples(ExpressionExpectation, expected: [Sample], got: [Sample])
    /// An expression cannot be evaluated.
    case expression(ExpressionExpectation, error: String)

    var isEvaluation: Bool {
        if case .evaluation = self { true } else { false }
    }

    package var description: String { text(differenceOnly: false) }

    /// What promtool prints, and below it word by word how expected and got differ.
    package func text(differenceOnly: Bool) -> String {
        switch self {
        case .evaluation(let rule, let elapsed, let error):
            let time = GoDuration.text(elapsed.milliseconds * 1_000_000)
            return "    rule: \(rule), time: \(time), err: \(error)"
        case .alerts(let test, let expectation, let expected, let got):
            let name = test.isEmpty ? "" : "    name: \(test),\n"
            let time = expectation.time.literal
            let both = "        exp:\(Self.text(expected)), \n        got:\(Self.text(got))\n"
            return name + "    alertname: \(expectation.alertName), time: \(time), \n"
                + (differenceOnly ? "" : both)
                + RuleTestDifference(expected: expected, got: got).text
        case .samples(let expectation, let expected, let got):
            let both = "        exp: \(Self.text(expected))\n        got: \(Self.text(got))\n"
            return "    expr: \(expectation.text.quoted), time: \(expectation.time.literal),\n"
                + (differenceOnly ? "" : both)
                + RuleTestDifference(expected: expected, got: got).text
        case .expression(let expectation, let error):
            let time = expectation.time.literal
            return "    expr: \(expectation.text.quoted), time: \(time), err: \(error)"
        }
    }

    private static func text(_ alerts: [ExpectedAlert]) -> String {
        guard !alerts.isEmpty else { return "[]" }
        let indent = String(repeating: " ", count: 12)
        let texts = alerts.enumerated().map { number, alert in
            "\n\(indent)\(number):\n\(indent)  Labels:\(alert.labels)"
                + "\n\(indent)  Annotations:\(alert.annotations)"
        }
        return "[\(texts.joined(separator: ","))\n\(indent)]"
    }

    private static func text(_ samples: [Sample]) -> String {
        guard !samples.isEmpty else { return "nil" }
        return samples.map { "\($0.labels) \($0.value.scientific)" }
            .joined(separator: ", ")
    }
}

extension Double {
    /// As Go's verb `E`: `1.5E+09`.
    fileprivate var scientific: String {
        let text = GoFloat.text(self, form: "e", precision: nil)
        return isFinite ? text.uppercased() : text
    }
}
