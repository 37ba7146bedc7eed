// ParserTests: what expressions mean.
import Events
import Testing

@testable import PromQL

struct ParserTests {
    @Test(arguments: [
        ("a + b * c", "[a + [b * c]]"),
        ("a * b + c", "[[a * b] + c]"),
        ("a - b - c", "[[a - b] - c]"),
        ("a ^ b ^ c", "[a ^ [b ^ c]]"),
        ("-a ^ b", "-[a ^ b]"),
        ("-a * b", "[-a * b]"),
        ("a atan2 b % c", "[[a atan2 b] % c]"),
        ("a > b + c", "[a > [b + c]]"),
        ("a >/ b == c", "[[a >/ b] == c]"),
        ("a or b and c", "[a or [b and c]]"),
        ("a unless b and c", "[[a unless b] and c]"),
        ("a + b offset 5m ^ c", "[a + [b offset 5m ^ c]]"),
        ("x offset 1m + 1m", "[x offset 1m + 1m]"),
    ])
    func `operators bind as tightly as they should`(text: String, grouped: String) throws {
        #expect(try Expression.parse(text).grouped == grouped)
    }

    @Test(arguments: [
        ("0x1F", 31), ("0755", 493), ("08", 8), ("1e3", 1000), ("1_000", 1000), (".5", 0.5),
        ("5.", 5), ("5e-3", 0.005), ("0x_ff", 255), ("iNf", .infinity), ("-Inf", -.infinity),
        ("5m", 300), ("1d12h", 129_600), ("-30s", -30), ("12ms", 0.012),
    ])
    func `numbers are read in every notation`(text: String, value: Double) throws {
        guard case .number(let number) = try Expression.parse(text) else {
            Issue.record("\(text) is no number")
            return
        }
        #expect(number.value == value)
    }

    @Test(arguments: [
        (#""a\n\t\\\"""#, "a\n\t\\\""), (#"'it\'s'"#, "it's"), (#"`raw\n`"#, #"raw\n"#),
        (#""\x41\101\u00e9\U0001F600""#, "AAé😀"), (#""\xc3\xa9""#, "é"),
    ])
    func `strings are read with Go's escapes`(text: String, value: String) throws {
        guard case .string(let string) = try Expression.parse(text) else {
            Issue.record("\(text) is no string")
            return
        }
        #expect(string.value == value)
    }

    @Test(arguments: ["sum", "by", "offset", "and", "start", "step", "fill", "limitk", "anchored"])
    func `a word with another meaning may name a metric or a label`(word: String) throws {
        let named = try Expression.parse(word)
        #expect(named == (try Expression.parse("\(word){}")))
        #expect(try Expression.parse("{\(word)=\"x\"}").description == "{\(word)=\"x\"}")
    }

    @Test func `names in quotes may hold any character`() throws {
        let expression = try Expression.parse(#"sum by ("a b") ({"my.metric","label-é"="x"})"#)
        guard case .aggregation(let sum) = expression, case .vector(let selector) = sum.expression
        else {
            Issue.record("another tree")
            return
        }
        #expect(sum.grouping == ["a b"])
        #expect(
            selector.matchers == [
                Matcher("__name__", .equal, "my.metric"), Matcher("label-é", .equal, "x"),
            ])
    }

    @Test func `offset and @ may stand in either order`() throws {
        let one = try Expression.parse("x[5m] offset 1m @ 7")
        let other = try Expression.parse("x[5m] @ 7 offset 60")
        #expect(one == other)
        guard case .range(let range) = one else {
            Issue.record("no range")
            return
        }
        #expect(range.selector.modifiers.at == .instant(Instant(milliseconds: 7000)))
        #expect(range.selector.modifiers.offset == .literal(.seconds(60)))
    }

    @Test func `an offset of nothing is none`() throws {
        #expect(try Expression.parse("x offset 0s") == Expression.parse("x"))
    }

    @Test func `matchers are the same in any order`() throws {
        let one = try Expression.parse("x{a=\"1\",b=\"2\"}")
        let other = try Expression.parse("x{b=\"2\",a=\"1\"}")
        #expect(one == other)
        #expect(Set([one, other]).count == 1)
    }

    @Test func `comments end with their line`() throws {
        let text = "x # { ignored\n  +  # too\n y"
        #expect(try Expression.parse(text) == Expression.parse("x + y"))
    }

    @Test(
        arguments: [
            ("1 + 2", nil), ("a + b", .oneToOne), ("a + on (x) group_left () b", .manyToOne),
            ("a + on (x) group_right (y) b", .oneToMany), ("a and b", .manyToMany), ("a > 1", nil),
        ] as [(String, VectorMatching.Cardinality?)])
    func `only vectors are matched`(
        text: String, cardinality: VectorMatching.Cardinality?
    ) throws {
        guard case .binary(let binary) = try Expression.parse(text) else {
            Issue.record("\(text) is no operation")
            return
        }
        #expect(binary.matching?.cardinality == cardinality)
    }

    @Test func `every part knows where it stands`() throws {
        let text = "1 + sum by (a) (rate(x{b=\"c\"}[5m] offset 1m))"
        guard case .binary(let binary) = try Expression.parse(text),
            case .aggregation(let sum) = binary.right, case .call(let rate) = sum.expression
        else {
            Issue.record("another tree")
            return
        }
        func part(_ position: Position) -> Substring {
            let utf8 = text.utf8
            return text[
                utf8.index(
                    utf8.startIndex, offsetBy: position.start)..<utf8.index(
                        utf8.startIndex, offsetBy: position.end)]
        }
        #expect(part(binary.position) == text)
        #expect(part(sum.position) == "sum by (a) (rate(x{b=\"c\"}[5m] offset 1m))")
        #expect(part(rate.position) == "rate(x{b=\"c\"}[5m] offset 1m)")
        #expect(rate.arguments.map { part($0.position) } == ["x{b=\"c\"}[5m] offset 1m"])
    }

    @Test(
        arguments: [
            ("1", .scalar), ("\"a\"", .string), ("x", .vector), ("x[5m]", .matrix),
            ("rate(x[5m])[1h:]", .matrix), ("time() + 1", .scalar), ("x + 1", .vector),
            ("-(x)", .vector), ("sum(x)", .vector), ("scalar(x)", .scalar),
        ] as [(String, ValueType)])
    func `every expression has a type`(text: String, type: ValueType) throws {
        #expect(try Expression.parse(text).type == type)
    }
}

extension Expression {
    /// The expression with brackets around every operation.
    fileprivate var grouped: String {
        switch self {
        case .binary(let binary):
            "[\(binary.left.grouped) \(binary.operation.rawValue) \(binary.right.grouped)]"
        case .unary(let unary): unary.symbol + unary.expression.grouped
        default: description
        }
    }
}
