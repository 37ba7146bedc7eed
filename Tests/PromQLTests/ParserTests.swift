// ParserTests: what is an expression, and what is said of what is none.
import Testing

@testable import PromQL

struct ParserTests {
    @Test(arguments: [
        "1", "sum by (a) (rate(x{b=\"c\"}[5m])) > 0", "-x ^ 2", "x[5m:1m] @ 7 offset 1m",
    ])
    func `what is printed reads back as the same`(text: String) throws {
        let expression = try Expression.parse(text)
        #expect(try Expression.parse(expression.description) == expression)
    }
}
