// PrinterTests: how expressions are written down.
import Testing

@testable import PromQL

struct PrinterTests {
    @Test(arguments: [
        ("SUM  BY(a)( x )/2", "sum by (a) (x) / 2"),
        ("sum(x)by(a)", "sum by (a) (x)"),
        ("sum without() (x)", "sum without () (x)"),
        ("x{b='1',a!=\"2\"}", "x{a!=\"2\",b=\"1\"}"),
        ("x offset -90s @ end()", "x @ end() offset -1m30s"),
        ("x[300] @ 1.5", "x[5m] @ 1.500"),
        ("x[ 1h / 2 + step() ]", "x[1h / 2 + step()]"),
        ("a==bool on(c)group_left b", "a == bool on (c) group_left () b"),
        ("1e6 + 5m", "1000000 + 5m"),
        ("Inf ^ x", "Inf ^ x"),
        ("-NaN", "NaN"),
        ("x[(-3)^2]", "x[(-3) ^ 2]"),
        ("x offset (3) * 1m", "x offset (3 * 1m)"),
        ("x offset --3 * 1m", "x offset (3 * 1m)"),
        ("x offset (1m * 2) > 1", "x offset (1m * 2) > 1"),
        ("x offset +(1m * 2) + 1", "x offset +(1m * 2) + 1"),
        ("x offset (1m * 2) + 1", "x offset (1m * 2) + 1"),
        ("topk(3,x)", "topk(3, x)"),
        (#""\x00é\xff\u200b""#, #""\x00é\xff\u200b""#),
    ])
    func `an expression has one way to be written on a line`(text: String, line: String) throws {
        #expect(try Expression.parse(text).description == line)
    }

    @Test func `a long expression gives its parts lines of their own`() throws {
        let text = """
            sum by (service) (rate(http_requests_total{code=~"5..",job="gateway"}[5m])) / \
            sum by (service) (rate(http_requests_total{job="gateway"}[5m])) > 0.05
            """
        let pretty = try Expression.parse(text).pretty
        #expect(
            pretty == """
                    sum by (service) (rate(http_requests_total{code=~"5..",job="gateway"}[5m]))
                  /
                    sum by (service) (rate(http_requests_total{job="gateway"}[5m]))
                >
                  0.05
                """)
        #expect(try Expression.parse(pretty).pretty == pretty)
    }

    @Test func `in a long row each left side is farther in than the next`() throws {
        let names = (0..<4).map { String(repeating: "\($0 == 0 ? "a" : "b")", count: 40 + $0) }
        let pretty = try Expression.parse(names.joined(separator: " + ")).pretty
        #expect(
            pretty == """
                    \(names[0]) + \(names[1])
                  +
                    \(names[2])
                +
                  \(names[3])
                """)
        #expect(try Expression.parse(pretty).pretty == pretty)
    }

    @Test func `long durations keep their milliseconds`() throws {
        let expression = try Expression.parse("a < 268547772229ms")
        #expect(expression.description == "a < 3108d4h36m12s229ms")
        #expect(try Expression.parse(expression.description) == expression)
        let seconds = try Expression.parse("x[8744118.2]")
        #expect(seconds.description == "x[101d4h55m18s200ms]")
        #expect(try Expression.parse(seconds.description) == seconds)
        let literal = try Expression.parse("x[101d4h55m18s199ms]")
        #expect(literal.description == "x[101d4h55m18s199ms]")
    }

    @Test(arguments: [
        ("5m", 300_000), ("1d12h", 129_600_000), ("90d", 7_776_000_000), ("2w", 1_209_600_000),
        ("1y", 31_536_000_000), ("1h1ms", 3_600_001), ("0s", 0),
    ])
    func `durations are read and written in Prometheus' units`(
        text: String, milliseconds: Int64
    ) throws {
        #expect(try Duration(literal: text) == .milliseconds(milliseconds))
        #expect(Duration.milliseconds(milliseconds).literal == text)
    }

    @Test(arguments: [
        ("", "empty duration string"), ("5", "not a valid duration string: \"5\""),
        ("5m1h", "not a valid duration string: \"5m1h\""),
        ("5x", "unknown unit \"x\" in duration \"5x\""), ("300y", "duration out of range"),
    ])
    func `a text that is no duration is refused with the reason`(text: String, reason: String) {
        let error = #expect(throws: DurationLiteralError.self) { try Duration(literal: text) }
        #expect(error?.description == reason)
    }
}
