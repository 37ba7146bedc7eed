// DepthTests: deep and long texts are refused before they hurt.
import Events
import Foundation
import Testing

@testable import PromQL

struct DepthTests {
    private static let nestings: [(String, String, String)] = [
        ("(", "x", ")"), ("-", "x", ""), ("abs(", "x", ")"), ("sum by (a) (", "x", ")"),
        ("x^", "x", ""), ("x + (", "x", ")"), ("", "x", "[5m:]"), ("", "x", " + x"),
        ("", "x", " or on (a) x"), ("x[", "5m", "+5m]"), ("sum(-(x^", "x", "))"),
    ]

    @Test(arguments: [10, 100, 240, 20_000])
    func `what is between brackets is bounded as a whole`(count: Int) async {
        let open = String(repeating: "(", count: count)
        let close = String(repeating: "+1+1+1)", count: count)
        let answer = await onSmallStack { verdict("x[\(open)1m\(close)]") }
        #expect((answer == "good") == (count < 60))
    }

    @Test(arguments: nestings)
    func `what is nested deeply is read, printed and compared within a small stack`(
        open: String, middle: String, close: String
    ) async {
        let verdicts = await onSmallStack {
            [100, 240, 300, 20_000].map { depth in
                let text =
                    String(repeating: open, count: depth) + middle
                    + String(repeating: close, count: depth)
                guard let expression = try? Expression.parse(text) else { return false }
                return (try? Expression.parse(expression.pretty)) == expression
                    && Set([expression]).contains(expression)
            }
        }
        #expect(verdicts.last == false)
    }

    @Test(arguments: ["a + ", "a and ", "a or ", "-a + ", "1 * "])
    func `thousands of operators in a row are read, evaluated and freed within a small stack`(
        operand: String
    ) async {
        let text = String(repeating: operand, count: 5000) + "a"
        let values = await onSmallStack {
            let store = SeriesStore()
            for x in ["1", "2"] {
                store.append(1, to: Labels(["__name__": "a", "x": x]), at: .at(0))
            }
            let evaluator = Evaluator(store)
            guard let expression = try? Expression.parse(text),
                expression.description == text, expression.positions(of: expression).count == 1,
                (try? Expression.parse(expression.description)) == expression
            else { return 0 }
            // The second time from what is remembered of the first.
            return [expression, .unary(negated(expression))].count {
                (try? evaluator.evaluate($0, at: .at(1)).value) != nil
            }
        }
        #expect(values == 2)
    }

    @Test func `a row of alternatives is evaluated as a whole`() async throws {
        let text = (1...400).map { #"absent(up{instance="h\#($0)"})"# }.joined(separator: " or ")
        let answers = await onSmallStack {
            let store = SeriesStore()
            let evaluator = Evaluator(store)
            return [true, false].map { _ in
                let expression = try? Expression.parse(text)
                store.append(1, to: Labels(["__name__": "up", "instance": "h7"]), at: .at(0))
                return expression.flatMap { try? evaluator.evaluate($0, at: .at(1)).value }
            }
        }
        for case .vector(let samples) in answers { #expect(samples.count == 399) }
        #expect(!answers.contains(nil))
    }

    @Test func `more operators in a row than are reckoned with are refused`() {
        let text = String(repeating: "a or ", count: 5001) + "a"
        #expect(
            verdict(text).hasSuffix("parse error: expression has more than 5000 operators in a row")
        )
    }
}

private func negated(_ expression: PromQL.Expression) -> UnaryOperation {
    UnaryOperation(isNegation: true, expression: expression, position: expression.position)
}

#if DEBUG
/// Frames are some five times as large where nothing is optimized.
private let smallStack = 512 << 13
#else
private let smallStack = 512 << 10
#endif

/// Runs `body` on a thread with a small stack.
private func onSmallStack<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        let thread = Thread { continuation.resume(returning: body()) }
        thread.stackSize = smallStack
        thread.start()
    }
}
