// DepthTests: deep and long texts are refused before they hurt.
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
